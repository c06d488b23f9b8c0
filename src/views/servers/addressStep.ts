import * as vscode from 'vscode';
import type { Arrival } from '../../servers/connection/arrival';
import { type Address, addressOf, hostAndPort } from '../../servers/discovery/address';
import { Arrivals } from '../../servers/discovery/arrivals';
import type { DiscoveredServer, Finding, Untrusted } from '../../servers/discovery/discovery';
import type { RecentAddresses } from '../../servers/list/recentAddresses';
import type { SavedServer } from '../../servers/list/savedServer';
import type { Servers } from '../../servers/servers';
import { plain } from '../shared/harmless';
import {
  type Answered,
  askPick,
  askText,
  type Frame,
  type InputProblem,
  type Move,
  type Step,
} from '../shared/multiStep';
import type { StepEnds } from './accountSteps';
import { explainNothing, findingItem } from './findingTexts';
import { confirmTrust } from './trustDialog';

/** The address, what answers there, and whether its certificate is trusted. */
export class AddressStep {
  /** As typed. */
  text: string;
  /** What the user decided for; undefined until then. */
  found: DiscoveredServer | undefined;
  readonly #servers: Servers;
  readonly #recent: RecentAddresses;
  readonly #edited: SavedServer | undefined;
  /** What the last look has found. */
  readonly #arrivals = new Arrivals();
  #choices: readonly Finding[] = [];
  /** Fingerprints that the user has accepted here, by the host that showed them. */
  readonly #accepted = new Map<string, Set<string>>();
  /** What is saved, to go on with it as it is. */
  readonly #saved: DiscoveredServer | undefined;
  /** The text that found nothing usable; Enter on the same text continues anyway. */
  #unanswered: string | undefined;
  /** The address as typed whose certificate was declined at the last try. */
  #declined: string | undefined;
  readonly #after: StepEnds['after'];

  /** @param after goes on after the step of that key */
  constructor(
    servers: Servers,
    recent: RecentAddresses,
    edited: SavedServer | undefined,
    saved: DiscoveredServer | undefined,
    after: StepEnds['after'],
  ) {
    this.#after = after;
    this.#servers = servers;
    this.#recent = recent;
    this.#edited = edited;
    this.text = edited ? hostAndPort(edited.url) : '';
    this.#saved = saved;
    this.found = saved;
  }

  get steps(): readonly Step[] {
    const address: Step = { key: 'address', name: vscode.l10n.t('Address'), show: frame => this.#ask(frame) };
    const choice: Step = { key: 'product', name: vscode.l10n.t('Product'), show: frame => this.#choose(frame) };
    return this.#choices.length > 1 ? [address, choice] : [address];
  }

  /** What trying the server can go on from. */
  get arrival(): Arrival | undefined {
    return this.found && this.#arrivals.at(this.found.origin);
  }

  /** Nobody goes on from what was found: drops the sockets. */
  async leave(): Promise<void> {
    await this.#arrivals.close();
  }

  /** Accepts a certificate for the decision that was made. */
  trust(fingerprint: string): void {
    if (this.found) {
      this.#accept(new URL(this.found.origin).hostname, fingerprint);
      this.found = { ...this.found, trustedFingerprint: fingerprint };
    }
  }

  /**
   * Asks the saved address anew, for what it serves by now.
   * @returns why that is not known; undefined if it is
   */
  async lookAgain(signal: AbortSignal): Promise<string | undefined> {
    const address = addressOf(this.text);
    const findings = address ? await this.#discover(address, signal) : [];
    const found = findings.filter(isFound).find(({ product }) => product === this.#saved?.product);
    this.found = found ?? this.found;
    if (!found) {
      await this.leave();
    }
    return found ? undefined : (findings.find(isUntrusted)?.failure.message ?? explainNothing(address, findings));
  }

  async #ask(frame: Frame): Promise<Move> {
    const recent = this.#recent.all;
    const showRecent = { to: 'recent' };
    const move = await askText(frame, {
      value: this.text,
      prompt: vscode.l10n.t(
        'Host name, with the port if it is not the default. You can also paste a URL from the browser or an API call.',
      ),
      placeholder: 'backup.example.com',
      buttons:
        recent.length > 0 ? [{ icon: 'history', tooltip: vscode.l10n.t('Recent Addresses'), move: showRecent }] : [],
      changed: text => {
        this.text = text;
        this.#declined = undefined;
      },
      busyText: vscode.l10n.t('Looking for a backup server…'),
      accept: (text, signal, commit) => this.#look(text, signal, commit),
    });
    return move === showRecent ? await this.#askRecent() : move;
  }

  async #askRecent(): Promise<Move> {
    const move = await askPick(
      { title: vscode.l10n.t('Recent Addresses'), canGoBack: true },
      {
        items: this.#recent.all.map(address => ({ label: plain(address) })),
        placeholder: vscode.l10n.t('Addresses at which a backup server was found'),
        accept: ({ label }) => {
          this.text = label;
          return 'next';
        },
      },
    );
    return move === 'leave' ? 'leave' : { to: 'address' };
  }

  #look(text: string, signal: AbortSignal, commit: () => void): Answered {
    const address = addressOf(text);
    const look = async (at: Address) => {
      const move = await this.#lookAt(text, at, signal);
      return move === 'next' ? await this.#after('address', signal, commit) : move;
    };
    return address
      ? look(address)
      : { problem: vscode.l10n.t('Enter a host, host:port, or an https address without a user name.') };
  }

  async #lookAt(text: string, address: Address, signal: AbortSignal): Promise<Move | InputProblem> {
    if (this.#declined === text) {
      return this.#goOnAsSaved();
    }
    let findings = await this.#discover(address, signal);
    const untrusted = findings.find(isUntrusted);
    // One certificate for all ports, as one computer has it: one question. Otherwise the user says which port is meant.
    if (untrusted && !findings.some(isFound) && certificatesOf(findings).size === 1) {
      const refused = await this.#confirm(untrusted);
      if (refused && this.#isSaved(address)) {
        this.#declined = text;
        return allTheSame(refused.problem);
      }
      if (refused || signal.aborted) {
        return refused ?? 'leave';
      }
      findings = await this.#discover(address, signal);
    }
    const choices = findings.filter(finding => isFound(finding) || isUntrusted(finding));
    const [only] = choices;
    if (!only) {
      return this.#nothing(text, address, findings);
    }
    // What is not supported is named beside what is.
    this.#choices = choices.length > 1 ? findings.filter(({ kind }) => kind !== 'failed' && kind !== 'stranger') : [];
    return this.#choices.length > 1 ? 'next' : await this.#decide(only, signal);
  }

  /**
   * The user may go on with a saved server that is down, or behind a page that says so, to give it another name or account:
   * the address stays as it is, and nothing is taken from what answers there now.
   */
  #nothing(text: string, address: Address, findings: readonly Finding[]): Move | InputProblem {
    const problem = explainNothing(address, findings);
    if (!this.#isSaved(address)) {
      return { problem };
    }
    if (this.#unanswered === text) {
      return this.#goOnAsSaved();
    }
    this.#unanswered = text;
    return allTheSame(problem);
  }

  #isSaved(address: Address): boolean {
    return this.#saved !== undefined && this.#saved.origin === address.origin;
  }

  #goOnAsSaved(): Move {
    this.#choices = [];
    this.#unanswered = undefined;
    this.#declined = undefined;
    this.found = this.#saved;
    return 'next';
  }

  async #choose(frame: Frame): Promise<Move> {
    let problem: string | undefined;
    for (;;) {
      const move = await askPick(frame, {
        items: this.#choices.map(finding => ({ ...findingItem(finding), finding })),
        placeholder:
          problem ?? vscode.l10n.t('Several servers answer at {0}. Which one do you want?', plain(this.text.trim())),
        accept: async ({ finding }, signal, commit) => {
          const found = await this.#decide(finding, signal);
          const decided = found === 'next' ? await this.#after('product', signal, commit) : found;
          if (typeof decided === 'object' && 'problem' in decided) {
            problem = decided.problem;
            return { to: 'product' };
          }
          return decided;
        },
      });
      if (!(typeof move === 'object' && move.to === 'product')) {
        return move;
      }
    }
  }

  async #decide(finding: Finding, signal: AbortSignal): Promise<Move | InputProblem> {
    if (isUntrusted(finding)) {
      const refused = await this.#confirm(finding);
      if (refused || signal.aborted) {
        return refused ?? 'leave';
      }
      const address = addressOf(finding.origin);
      const [again] = address ? await this.#discover({ ...address, origin: finding.origin }, signal) : [];
      return again && isFound(again)
        ? await this.#decide(again, signal)
        : { problem: explainNothing(addressOf(finding.origin), again ? [again] : []) };
    }
    if (!isFound(finding)) {
      return { problem: explainNothing(addressOf(finding.origin), [finding]) };
    }
    this.found = finding;
    await this.#recent.add(hostAndPort(finding.origin));
    return 'next';
  }

  async #discover(address: Address, signal: AbortSignal): Promise<readonly Finding[]> {
    await this.#arrivals.close();
    const accepted = [...(this.#accepted.get(address.hostName) ?? [])];
    const options = { accepted, arrivals: this.#arrivals, edited: this.#edited };
    return await this.#servers.discover(address, options, signal);
  }

  async #confirm({ origin, failure }: Untrusted): Promise<InputProblem | undefined> {
    if (await confirmTrust(this.#edited?.url === origin ? this.#edited.name : hostAndPort(origin), failure)) {
      this.#accept(new URL(origin).hostname, failure.certificate.fingerprint);
      return undefined;
    }
    return {
      problem: vscode.l10n.t('The certificate of {0} is not trusted. Nothing was sent there.', hostAndPort(origin)),
    };
  }

  #accept(hostName: string, fingerprint: string): void {
    this.#accepted.set(hostName, (this.#accepted.get(hostName) ?? new Set<string>()).add(fingerprint));
  }
}

function allTheSame(problem: string): InputProblem {
  return { problem: `${problem} ${vscode.l10n.t('Press Enter again to use this address anyway.')}` };
}

function isFound(finding: Finding): finding is DiscoveredServer {
  return finding.kind === 'found';
}

function isUntrusted(finding: Finding): finding is Untrusted {
  return finding.kind === 'untrusted';
}

function certificatesOf(findings: readonly Finding[]): Set<string> {
  return new Set(findings.filter(isUntrusted).map(({ failure }) => failure.certificate.fingerprint));
}
