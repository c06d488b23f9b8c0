import * as vscode from 'vscode';
import type { AgentTools } from '../../agents/tools';
import { isObject } from '../../base/isObject';
import type { Node } from '../../inventory/tree/node';
import { withSignal } from '../shared/cancellation';
import { markdownText } from '../shared/markdown';

/** Servers that a confirmation names. */
const mostNames = 10;

/** The tools as VS Code's language models call them. */
export class LanguageModelTools {
  readonly #tools: AgentTools;

  constructor(tools: AgentTools) {
    this.#tools = tools;
  }

  /** Whom the call asks for what; the user agrees to it before anything is sent. */
  prepare(name: string, { input }: { readonly input: unknown }): vscode.PreparedToolInvocation {
    const servers = this.#tools.serversAsked(name, input);
    const what = this.#purposeOf(name, input);
    return {
      invocationMessage: new vscode.MarkdownString(what),
      confirmationMessages: {
        title: vscode.l10n.t('Read from backup servers'),
        message: new vscode.MarkdownString([what, whomOf(servers)].join('\n\n')),
      },
    };
  }

  #purposeOf(name: string, input: unknown): string {
    const subject = () => markdownText(this.#tools.subjectOf(input), 200);
    switch (name) {
      case 'backupTenancy_find':
        return vscode.l10n.t('Find “{0}” on backup servers.', markdownText(queryOf(input), 100));
      case 'backupTenancy_list_children':
        return vscode.l10n.t('List the items below {0}.', subject());
      case 'backupTenancy_get_item':
        return vscode.l10n.t('Read the details of {0}.', subject());
      case 'backupTenancy_find_everywhere':
        return vscode.l10n.t('Find where else {0} stands.', subject());
      default:
        return vscode.l10n.t('List the backup servers that are configured.');
    }
  }

  async invoke(
    name: string,
    { input, tokenizationOptions }: vscode.LanguageModelToolInvocationOptions<object>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    const limits = tokenizationOptions && {
      fits: async (text: string) =>
        (await tokenizationOptions.countTokens(text, token)) <= tokenizationOptions.tokenBudget,
    };
    const text = await withSignal(token, signal => this.#tools.run(name, input, signal, limits));
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
  }
}

function queryOf(input: unknown): string {
  return isObject(input) && 'query' in input ? String(input.query) : '';
}

function whomOf(servers: readonly Node[]): string {
  if (servers.length === 0) {
    return vscode.l10n.t('No request is sent. Server names, addresses and states go to the language model.');
  }
  const names = servers
    .slice(0, mostNames)
    .map(
      ({ item }) => `**${markdownText(item.name, 60)}**${item.kind === 'server' ? ` (${markdownText(item.url)})` : ''}`,
    );
  const left = servers.length - names.length;
  const more = left > 0 ? [`… +${left}`] : [];
  return [
    vscode.l10n.t('Read-only requests go to: {0}.', [...names, ...more].join(', ')),
    vscode.l10n.t("The items' data goes to the language model, but no passwords or tokens."),
  ].join(' ');
}
