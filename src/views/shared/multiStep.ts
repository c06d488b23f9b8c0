import * as vscode from 'vscode';
import { isFailure } from '../../base/failure';
import { withoutIcons, withoutLinks } from './harmless';

/** Where to go from a step: on, back, out, to the end, or to the step of that key. */
export type Move = 'next' | 'back' | 'leave' | 'done' | { readonly to: string };

/** One question of several. What was answered is kept by whoever asks, so that going back and forth loses nothing. */
export interface Step {
  readonly key: string;
  readonly name: string;
  show(frame: Frame): Promise<Move>;
}

/** What all steps have in common on the screen. */
export interface Frame {
  /** "Add Server (2/6): Account". */
  readonly title: string;
  readonly canGoBack: boolean;
}

/**
 * Asks one question after another. `steps` is called before each, as answers decide which questions follow.
 * @returns whether all was answered; false if the user left
 */
export async function runSteps(title: string, steps: () => readonly Step[]): Promise<boolean> {
  let key = steps()[0]?.key;
  while (key !== undefined) {
    const all = steps();
    const index = all.findIndex(step => step.key === key);
    const step = all[index];
    if (!step) {
      throw new RangeError(`no such step: ${key}`);
    }
    const move = await step.show({
      title: vscode.l10n.t('{0} ({1}/{2}): {3}', title, index + 1, all.length, step.name),
      canGoBack: index > 0,
    });
    if (move === 'leave' || move === 'done') {
      return move === 'done';
    }
    key = typeof move === 'object' ? move.to : nextKey(all, steps(), index, move);
  }
  return true;
}

/** The answer may have changed what is asked: the nearest of the steps that were there and still are, else the first. */
function nextKey(
  before: readonly Step[],
  now: readonly Step[],
  index: number,
  move: 'next' | 'back',
): string | undefined {
  const here = now.findIndex(({ key }) => key === before[index]?.key);
  if (here >= 0) {
    return now[move === 'next' ? here + 1 : Math.max(0, here - 1)]?.key;
  }
  const others = move === 'next' ? before.slice(index + 1) : before.slice(0, index).reverse();
  const nearest = others.find(other => now.some(({ key }) => key === other.key));
  return nearest?.key ?? (move === 'back' ? now[0]?.key : undefined);
}

/** What is wrong with an answer. */
export interface InputProblem {
  readonly problem: string;
}

/** What an answer leads to, at once or once something was tried with it. */
export type Answered = Move | InputProblem | Promise<Move | InputProblem>;

interface InputOptions {
  readonly placeholder?: string;
  /** Beside the back button. */
  readonly buttons?: readonly { readonly icon: string; readonly tooltip: string; readonly move: Move }[];
}

export interface TextOptions extends InputOptions {
  readonly value: string;
  readonly prompt: string;
  readonly password?: boolean;
  /** Shown from the start, until the text is changed. */
  readonly problem?: string | undefined;
  /** Called with each change, to keep it. */
  readonly changed: (text: string) => void;
  /** While {@link accept} is at work. */
  readonly busyText?: string;
  /**
   * Called at Enter. It may take its time: the input is busy then, and changing the text or leaving aborts the signal,
   * until `commit` is called: what is done from then on cannot be taken back, so nothing interrupts it. A {@link Failure}
   * is shown with its sentence.
   */
  readonly accept: (text: string, signal: AbortSignal, commit: () => void) => Answered;
}

export async function askText(frame: Frame, options: TextOptions): Promise<Move> {
  const input = vscode.window.createInputBox();
  input.value = options.value;
  input.password = options.password ?? false;
  input.prompt = inert(options.prompt);
  input.placeholder = options.placeholder;
  const tell = (problem: string | undefined) => {
    input.validationMessage = problem && { message: inert(problem), severity: vscode.InputBoxValidationSeverity.Error };
  };
  tell(options.problem);

  return await showUntilAnswered(input, frame, options, (answer, bar) => {
    let running: AbortController | undefined;
    const rest = () => {
      running?.abort();
      running = undefined;
      input.busy = false;
      input.prompt = inert(options.prompt);
      input.enabled = true;
      bar.rest();
    };
    const accept = async () => {
      if (running) {
        return;
      }
      const mine = new AbortController();
      running = mine;
      tell(undefined);
      try {
        const accepting = options.accept(input.value, mine.signal, () => {
          input.enabled = false;
          bar.commit();
        });
        if (accepting instanceof Promise) {
          input.busy = true;
          input.prompt = inert(options.busyText ?? options.prompt);
          bar.busy(rest);
        }
        const outcome = await accepting;
        if (mine.signal.aborted) {
          return;
        }
        rest();
        if (typeof outcome === 'object' && 'problem' in outcome) {
          tell(outcome.problem);
          bar.again();
        } else {
          answer(outcome);
        }
      } catch (error) {
        if (mine.signal.aborted) {
          return;
        }
        rest();
        if (!isFailure(error)) {
          throw error;
        }
        tell(error.kind === 'cancelled' ? undefined : error.message);
        bar.again();
      }
    };
    return {
      accept,
      disposables: [
        { dispose: rest },
        input.onDidChangeValue(text => {
          if (bar.committed) {
            return;
          }
          rest();
          tell(undefined);
          options.changed(text);
        }),
      ],
    };
  });
}

export interface PickOptions<Item extends vscode.QuickPickItem> extends InputOptions {
  readonly items: readonly Item[];
  readonly active?: Item | undefined;
  /**
   * Called when an item is picked. It may take its time: the list is busy then, and leaving aborts the signal, until `commit`
   * is called, as with {@link TextOptions.accept}.
   */
  readonly accept: (item: Item, signal: AbortSignal, commit: () => void) => Answered;
}

export async function askPick<Item extends vscode.QuickPickItem>(
  frame: Frame,
  options: PickOptions<Item>,
): Promise<Move> {
  const input = vscode.window.createQuickPick<Item>();
  input.items = options.items;
  if (options.active) {
    input.activeItems = [options.active];
  }
  input.placeholder = options.placeholder;
  return await showUntilAnswered(input, frame, options, (answer, bar) => {
    const leaving = new AbortController();
    let accepted = false;
    // A list has no line for it below the input.
    const tell = async (problem: string | undefined) => {
      accepted = false;
      input.busy = false;
      input.enabled = true;
      bar.rest();
      bar.again();
      if (problem !== undefined) {
        await vscode.window.showErrorMessage(withoutLinks(problem));
      }
    };
    return {
      accept: async () => {
        const [item] = input.selectedItems;
        if (!item || accepted) {
          return;
        }
        accepted = true;
        try {
          const accepting = options.accept(item, leaving.signal, () => {
            input.enabled = false;
            bar.commit();
          });
          input.busy = accepting instanceof Promise;
          const outcome = await accepting;
          if (leaving.signal.aborted) {
            return;
          }
          if (typeof outcome === 'object' && 'problem' in outcome) {
            await tell(outcome.problem);
          } else {
            answer(outcome);
          }
        } catch (error) {
          if (leaving.signal.aborted) {
            return;
          }
          if (!isFailure(error)) {
            throw error;
          }
          await tell(error.kind === 'cancelled' ? undefined : error.message);
        }
      },
      disposables: [{ dispose: () => leaving.abort() }],
    };
  });
}

/** The lines below an input draw icons and make links, of commands too; sentences may quote a server. */
function inert(text: string): string {
  return withoutIcons(withoutLinks(text));
}

type Input = (vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>) & vscode.QuickInput;

/** The ways out of a step: the buttons as they are at rest, or with one that stops what is at work; or none. */
interface Ways {
  rest(): void;
  busy(stop: () => void): void;
  /** No way out until {@link rest}. */
  commit(): void;
  /** What was committed did not work out: shows the input again if it was closed meanwhile. */
  again(): void;
  readonly committed: boolean;
}

async function showUntilAnswered(
  input: Pick<
    Input,
    'title' | 'ignoreFocusOut' | 'buttons' | 'onDidTriggerButton' | 'onDidAccept' | 'onDidHide' | 'show' | 'dispose'
  >,
  frame: Frame,
  { buttons = [] }: InputOptions,
  listen: (
    answer: (move: Move) => void,
    bar: Ways,
  ) => { accept: () => Promise<void>; disposables: readonly vscode.Disposable[] },
): Promise<Move> {
  input.title = frame.title;
  // People switch to a password manager, a ticket, or the server itself, and come back.
  input.ignoreFocusOut = true;
  const extra = buttons.map(({ icon, tooltip, move }) => ({ iconPath: new vscode.ThemeIcon(icon), tooltip, move }));
  const atRest = [...(frame.canGoBack ? [vscode.QuickInputButtons.Back] : []), ...extra];
  const stopButton = { iconPath: new vscode.ThemeIcon('debug-stop'), tooltip: vscode.l10n.t('Stop') };
  let stop: (() => void) | undefined;
  let committed = false;
  /** By the user, while committed. */
  let hidden = false;
  const disposables: vscode.Disposable[] = [];
  try {
    return await new Promise<Move>((resolve, reject) => {
      const bar: Ways = {
        get committed() {
          return committed;
        },
        rest: () => {
          stop = undefined;
          committed = false;
          input.buttons = atRest;
        },
        busy: how => {
          stop = how;
          input.buttons = [...atRest, stopButton];
        },
        commit: () => {
          stop = undefined;
          committed = true;
          input.buttons = [];
        },
        again: () => {
          if (hidden) {
            hidden = false;
            input.show();
          }
        },
      };
      bar.rest();
      const { accept, disposables: others } = listen(resolve, bar);
      disposables.push(
        ...others,
        input.onDidAccept(() => accept().catch(reject)),
        input.onDidTriggerButton(button => {
          if (committed) {
            return;
          }
          if (button === stopButton) {
            stop?.();
          } else {
            resolve(
              button === vscode.QuickInputButtons.Back ? 'back' : (extra.find(each => each === button)?.move ?? 'next'),
            );
          }
        }),
        input.onDidHide(() => {
          if (committed) {
            hidden = true;
          } else {
            resolve('leave');
          }
        }),
      );
      input.show();
    });
  } finally {
    for (const disposable of disposables) {
      disposable.dispose();
    }
    input.dispose();
  }
}
