import { vi } from 'vitest';
import { EventEmitter, window } from './vscode';

// VS Code's inputs, without their looks: a test answers whichever is shown.

class QuickInput {
  readonly #changed = new EventEmitter<string>();
  readonly #accepted = new EventEmitter<void>();
  readonly #hidden = new EventEmitter<void>();
  readonly #triggered = new EventEmitter<unknown>();
  readonly onDidChangeValue = this.#changed.event;
  readonly onDidAccept = this.#accepted.event;
  readonly onDidHide = this.#hidden.event;
  readonly onDidTriggerButton = this.#triggered.event;
  readonly onDidChangeSelection = new EventEmitter<unknown>().event;
  readonly onDidChangeActive = new EventEmitter<unknown>().event;
  readonly onDidTriggerItemButton = new EventEmitter<unknown>().event;
  title = '';
  value = '';
  prompt = '';
  placeholder = '';
  password = false;
  enabled = true;
  busy = false;
  validationMessage: { readonly message: string } | undefined;
  buttons: readonly { readonly tooltip?: string }[] = [];
  items: readonly { readonly label: string }[] = [];
  activeItems: readonly unknown[] = [];
  selectedItems: readonly unknown[] = [];
  ignoreFocusOut = false;
  isOpen = false;

  show = (): void => {
    this.isOpen = true;
  };
  hide = (): void => this.#hidden.fire();
  dispose = (): void => {
    this.isOpen = false;
  };

  type(text: string): void {
    this.value = text;
    this.#changed.fire(text);
  }

  accept(): void {
    this.#accepted.fire();
  }

  pick(label: string): void {
    this.selectedItems = this.items.filter(item => item.label === label);
    this.accept();
  }

  press(tooltip: string): void {
    this.trigger(this.buttons.find(button => button.tooltip === tooltip));
  }

  /** A click that was under way when the buttons changed, too. */
  trigger(button: unknown): void {
    this.#triggered.fire(button);
  }
}

/** What a person sees of the inputs, and does with them. */
export class QuickInputs {
  readonly #all: QuickInput[] = [];

  constructor() {
    const create = () => {
      const input = new QuickInput();
      this.#all.push(input);
      return input;
    };
    Object.assign(window, { createInputBox: create, createQuickPick: create });
  }

  /** The last one that was made. */
  get shown(): QuickInput {
    return this.#all.at(-1) as QuickInput;
  }

  /** The input of a step, once it is shown and rests. */
  async at(title: string): Promise<QuickInput> {
    return await vi.waitFor(() => {
      const input = this.#all.find(each => each.isOpen);
      if (!input?.title.endsWith(title) || input.busy) {
        throw new Error(`${input?.title} ${input?.busy ? 'is busy' : 'is shown'} instead of ${title}`);
      }
      return input;
    }, 5_000);
  }

  async answer(title: string, text: string): Promise<void> {
    const input = await this.at(title);
    input.type(text);
    input.accept();
  }
}
