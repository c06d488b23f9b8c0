// Commands and variables that run as they are. Their comments hold no text of a server and no character that means anything
// to a shell: zsh runs comments that are pasted into it.
import { oneLine } from '../../base/text';
import type { Node } from '../../inventory/tree/node';
import { hasId } from '../../items/item';
import type { ResourceAt } from '../../servers/connection/connection';
import { ansibleQuoted, hclQuoted, powerShellQuoted, shellQuoted } from './quoting';
import { powerShellTokenLine, shellTokenLine } from './tokenLines';

/** What a person asks a server for. */
export interface SnippetRequest {
  readonly resource: ResourceAt;
  /** SHA-256 of the certificate, for a server whose certificate no authority vouches for. */
  readonly fingerprint: string | undefined;
}

/** What the commands of a shell look like. */
interface Shell {
  variable(name: string): string;
  /** How a certificate is trusted. */
  readonly trust: string;
  tokenLine(resource: ResourceAt, isAnother: boolean): string | undefined;
  command(resource: ResourceAt): string;
  // Where lines come to a shell one by one, what stands below a question would be taken for its answer: a shell reads
  // what is in brackets as a whole before it runs any of it.
  /** The commands for one server in such brackets, below the line that asks for its token. */
  withToken(tokenLine: string, commands: readonly string[]): readonly string[];
  /** Several of these in brackets. */
  bracketed(lines: readonly string[]): readonly string[];
}

/** For POSIX shells, one command for each. */
export function curl(requests: readonly SnippetRequest[]): string {
  return commandsFor(requests, {
    variable: name => name,
    trust: 'CURL_CA_BUNDLE: PEM file with that certificate or its authority',
    tokenLine: shellTokenLine,
    withToken: (tokenLine, commands) => [`${tokenLine} && {`, ...commands, '}'],
    bracketed: lines => ['{', ...lines, '}'],
    command: ({ url, formats, tokenHeader, versionHeaders }) =>
      [
        'curl --fail --silent --show-error',
        `--header "${tokenHeader.name}: ${tokenHeader.prefix}$${tokenHeader.variable}"`,
        ...Object.entries(versionHeaders).map(([name, value]) => `--header ${shellQuoted(`${name}: ${value}`)}`),
        `--header ${shellQuoted(`Accept: ${mediaType(formats)}`)}`,
        shellQuoted(url),
      ].join(' \\\n  '),
  });
}

/** For Windows PowerShell 5.1 and later ones, one command for each. */
export function powerShell(requests: readonly SnippetRequest[]): string {
  return commandsFor(requests, {
    variable: name => `$env:${name}`,
    trust: 'That certificate or its authority has to be among the trusted roots of this computer',
    tokenLine: powerShellTokenLine,
    withToken: (tokenLine, commands) => [`& { ${tokenLine}`, ...commands, '}'],
    bracketed: lines => ['& {', ...lines, '}'],
    command: ({ url, formats, tokenHeader, versionHeaders }) => {
      const { name, prefix, variable } = tokenHeader;
      const ofVersion = Object.entries(versionHeaders).map(
        ([header, value]) => `${powerShellQuoted(header)} = ${powerShellQuoted(value)}; `,
      );
      const headers = `@{ '${name}' = "${prefix}$env:${variable}"; ${ofVersion.join('')}Accept = '${mediaType(formats)}' }`;
      return `Invoke-RestMethod -Uri ${powerShellQuoted(url)} -Headers ${headers}`;
    },
  });
}

/** The commands, server by server: above those of each one what has to be there for them to run. */
function commandsFor(requests: readonly SnippetRequest[], shell: Shell): string {
  const servers = new Map<string, SnippetRequest[]>();
  for (const request of requests) {
    const { origin } = new URL(request.resource.url);
    const same = servers.get(origin);
    if (same) {
      same.push(request);
    } else {
      servers.set(origin, [request]);
    }
  }
  const variables = new Set<string>();
  let asks = false;
  const lines = [...servers.values()].flatMap(same => {
    const [{ resource: first }] = same as [SnippetRequest];
    const isAnother = variables.has(first.tokenHeader.variable);
    variables.add(first.tokenHeader.variable);
    const commands = same.map(({ resource }) => shell.command(resource));
    const tokenLine = shell.tokenLine(first, isAnother);
    asks ||= tokenLine !== undefined;
    return [...notesOf(same, shell), ...(tokenLine === undefined ? commands : shell.withToken(tokenLine, commands))];
  });
  return (asks && servers.size > 1 ? shell.bracketed(lines) : lines).join('\n');
}

/** Each thing once. The address stands in the commands alone, where it is quoted. */
function notesOf(requests: readonly SnippetRequest[], { variable, trust }: Shell): string[] {
  const notes = requests.flatMap(({ resource, fingerprint }) => [
    `# ${variable(resource.tokenHeader.variable)}: the token of a session with this server`,
    ...(fingerprint === undefined
      ? []
      : [`# The server has the certificate with SHA-256 ${fingerprint}`, `# ${trust}`]),
    ...(resource.isList ? ['# The API has no call for one of these items alone: it is in the list'] : []),
  ]);
  return [...new Set(notes)];
}

function mediaType([format]: ResourceAt['formats']): string {
  return `application/${format ?? 'json'}`;
}

/** A variable for each item that has an ID, with the ID as default. */
export function terraform(nodes: readonly Node[]): string {
  return named(nodes)
    .map(({ name, node: { item, root } }) =>
      [
        `variable "${name}" {`,
        `  description = ${hclQuoted(`${oneLine(item.name)} (${item.kind}, ${oneLine(root.item.name)})`)}`,
        '  type        = string',
        `  default     = ${hclQuoted(item.id)}`,
        '}',
      ].join('\n'),
    )
    .join('\n\n');
}

/** Likewise, one a line. */
export function ansible(nodes: readonly Node[]): string {
  return named(nodes)
    .map(({ name, node }) => `${name}: ${ansibleQuoted(node.item.id)}`)
    .join('\n');
}

/** Each item with a name for its ID that is one in Terraform and Ansible: `tenant_northwind_id`. */
function named(nodes: readonly Node[]): { readonly name: string; readonly node: Node }[] {
  const good = nodes.filter(({ item }) => hasId(item));
  const names = uniqueNames(good.map(node => variableName(node, 'id')));
  return good.map((node, index) => ({ name: names[index] as string, node }));
}

/** The names, with a number behind each that was taken before. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  /** The next number to try behind a name. */
  const numbers = new Map<string, number>();
  return names.map(first => {
    let unique = first;
    let copy = numbers.get(first) ?? 2;
    for (; taken.has(unique); copy++) {
      unique = `${first}_${copy}`;
    }
    numbers.set(first, copy);
    taken.add(unique);
    return unique;
  });
}

/** `tenant_northwind_ids`, for all IDs of an item. */
export function nameOfIds(node: Node): string {
  return variableName(node, 'ids');
}

function variableName({ item: { kind, name, id } }: Node, end: string): string {
  const words = [kind.replace(/[A-Z]/g, '_$&'), slug(name) || slug(id), end];
  return words.filter(Boolean).join('_').toLowerCase();
}

/** Latin letters and digits of a text. */
function slug(text: string): string {
  return text
    .slice(0, longestSlug * 4)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z\d]+/gi, '_')
    .replace(/^_/, '')
    .slice(0, longestSlug)
    .replace(/_$/, '');
}

const longestSlug = 60;
