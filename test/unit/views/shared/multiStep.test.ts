import { describe, expect, test, vi } from 'vitest';
import { Cancelled } from '../../../../src/base/failure';
import { TimedOut } from '../../../../src/http/failures';
import type { Answered, Frame, Move, TextOptions } from '../../../../src/views/shared/multiStep';
import { QuickInputs } from '../quickInputs';
import { window } from '../vscode';

vi.mock('vscode', () => import('../vscode'));

const { askPick, askText, runSteps } = await import('../../../../src/views/shared/multiStep');

describe('steps', () => {
  /** Goes through the steps that `keys` names at each moment, and tells which were shown. */
  async function walk(keys: () => string, ...moves: Move[]) {
    const shown: string[] = [];
    const show = async ({ title, canGoBack }: Frame): Promise<Move> => {
      shown.push(canGoBack ? `${title} <` : title);
      return moves[shown.length - 1] ?? 'leave';
    };
    const steps = () => [...keys()].map(key => ({ key, name: key.toUpperCase(), show }));
    return { done: await runSteps('Add', steps), shown };
  }

  test('come one after another, back and forth, to the end', async () => {
    expect(await walk(() => 'abc', 'back', 'next', 'next', 'back', 'next', 'next')).toEqual({
      done: true,
      shown: ['Add (1/3): A', 'Add (1/3): A', 'Add (2/3): B <', 'Add (3/3): C <', 'Add (2/3): B <', 'Add (3/3): C <'],
    });
  });

  test('end early, well or not, and jump', async () => {
    expect(await walk(() => 'ab', 'done')).toEqual({ done: true, shown: ['Add (1/2): A'] });
    expect(await walk(() => 'ab', 'leave')).toEqual({ done: false, shown: ['Add (1/2): A'] });
    const jump = await walk(() => 'abc', { to: 'c' }, { to: 'a' });
    expect(jump.shown).toEqual(['Add (1/3): A', 'Add (3/3): C <', 'Add (1/3): A']);
    await expect(walk(() => 'ab', { to: 'x' })).rejects.toThrow('no such step: x');
    expect(await walk(() => '')).toEqual({ done: true, shown: [] });
  });

  test.each<[string, string, Move, string]>([
    ['abcd', 'acd', 'next', 'ABCD'],
    ['abcd', 'ad', 'next', 'ABD'],
    ['abcd', 'acd', 'back', 'ABACD'],
    ['acbd', 'acd', 'back', 'ACBCD'],
    ['abcd', 'cd', 'back', 'ABCD'],
    ['abc', 'a', 'next', 'AB'],
    ['abc', 'xabc', 'next', 'ABC'],
    ['abc', 'abxc', 'next', 'ABXC'],
    ['abc', 'axbc', 'back', 'ABXBC'],
  ])('of %s, where the answer to B leaves %s, %s leads to what is near', async (before, after, move, expected) => {
    let keys = before;
    const names: string[] = [];
    const show = async (key: string): Promise<Move> => {
      names.push(key.toUpperCase());
      if (key !== 'b' || keys !== before) {
        return 'next';
      }
      keys = after;
      return move;
    };
    const steps = () => [...keys].map(key => ({ key, name: key, show: () => show(key) }));
    expect(await runSteps('Add', steps)).toBe(true);
    expect(names.join('')).toBe(expected);
  });
});

const frame: Frame = { title: 'Add (2/3): Name', canGoBack: true };

/** Something that takes its time, with what is known of it. */
function slow() {
  let resolve: (outcome: Awaited<Answered>) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<Awaited<Answered>>((resolving, rejecting) => {
    resolve = resolving;
    reject = rejecting;
  });
  const calls: { readonly answer: unknown; readonly signal: AbortSignal; readonly commit: () => void }[] = [];
  const accept = (answer: unknown, signal: AbortSignal, commit: () => void) => {
    calls.push({ answer, signal, commit });
    return promise;
  };
  return { resolve, reject, calls, accept };
}

describe('a text', () => {
  function ask(options: Partial<TextOptions>, where = frame) {
    const inputs = new QuickInputs();
    const changes: string[] = [];
    const answered = askText(where, {
      value: 'old',
      prompt: 'The [name](x) $(key)',
      changed: text => changes.push(text),
      accept: () => 'next',
      ...options,
    });
    return { input: inputs.shown, answered, changes };
  }

  test('is asked for as it is, without icons and links of the prompt, and kept with each change', async () => {
    const { input, answered, changes } = ask({ placeholder: 'srv', password: true, problem: 'No $(x)' });
    expect(input).toMatchObject({
      ...{ title: frame.title, value: 'old', password: true, placeholder: 'srv', ignoreFocusOut: true },
      prompt: 'The [name]\u200b(x) $\u200b(key)',
      validationMessage: { message: 'No $\u200b(x)', severity: 3 },
    });
    expect(input.buttons).toEqual([{ tooltip: 'Back' }]);
    input.type('new');
    expect(changes).toEqual(['new']);
    expect(input.validationMessage).toBeUndefined();
    input.accept();
    expect(await answered).toBe('next');
    expect(input.isOpen).toBe(false);
  });

  test('is shown as it is typed unless it is a password', () => {
    expect(ask({}).input.password).toBe(false);
  });

  test('leads back, out, or where a button says', async () => {
    const buttons = [{ icon: 'gear', tooltip: 'Options', move: { to: 'options' } }];
    const back = ask({ buttons });
    back.input.press('Back');
    expect(await back.answered).toBe('back');
    const options = ask({ buttons }, { ...frame, canGoBack: false });
    expect(options.input.buttons.map(({ tooltip }) => tooltip)).toEqual(['Options']);
    options.input.press('Options');
    expect(await options.answered).toEqual({ to: 'options' });
    const left = ask({});
    left.input.hide();
    expect(await left.answered).toBe('leave');
  });

  test('that is wrong stays, with what is wrong', async () => {
    const { input, answered } = ask({ accept: text => (text === 'good' ? 'done' : { problem: `Not ${text}` }) });
    input.accept();
    await vi.waitFor(() => expect(input.validationMessage?.message).toBe('Not old'));
    input.type('good');
    input.accept();
    expect(await answered).toBe('done');
  });

  test('is tried once at a time, and again after a failure, which is shown', async () => {
    const first = slow();
    let { accept } = first;
    const { input, answered } = ask({ accept: (...all) => accept(...all), busyText: 'Trying $(x)' });
    input.accept();
    input.accept();
    expect(first.calls).toHaveLength(1);
    expect(input).toMatchObject({ busy: true, prompt: 'Trying $\u200b(x)', enabled: true });
    expect(input.buttons.map(({ tooltip }) => tooltip)).toEqual(['Back', 'Stop']);
    first.reject(new TimedOut('em', 1000));
    await vi.waitFor(() => expect(input.validationMessage?.message).toContain('did not answer'));
    expect(input).toMatchObject({ busy: false, prompt: 'The [name]\u200b(x) $\u200b(key)' });
    expect(input.buttons.map(({ tooltip }) => tooltip)).toEqual(['Back']);
    const second = slow();
    accept = second.accept;
    input.accept();
    expect(input.validationMessage).toBeUndefined();
    second.resolve('next');
    expect(await answered).toBe('next');
  });

  test('whose trial was cancelled is asked for again, without a word', async () => {
    const trial = slow();
    const { input } = ask({ accept: trial.accept, busyText: 'Trying' });
    input.accept();
    trial.reject(new Cancelled());
    await vi.waitFor(() => expect(input.busy).toBe(false));
    expect(input).toMatchObject({ isOpen: true, validationMessage: undefined });
  });

  test('whose trial is a defect ends the question', async () => {
    const trial = slow();
    const { input, answered } = ask({ accept: trial.accept });
    input.accept();
    trial.reject(new TypeError('defect'));
    await expect(answered).rejects.toThrow('defect');
    expect(input.isOpen).toBe(false);
  });

  test.each<[string, (input: QuickInputs['shown']) => void]>([
    ['is stopped', input => input.press('Stop')],
    ['is overtaken by another text', input => input.type('other')],
  ])('whose trial %s counts no more, whatever comes of it', async (_, stop) => {
    for (const end of ['resolve', 'problem', 'reject']) {
      const first = slow();
      let { accept } = first;
      const { input, answered } = ask({ accept: (...all) => accept(...all) });
      input.accept();
      stop(input);
      expect(first.calls[0]?.signal.aborted).toBe(true);
      expect(input).toMatchObject({ busy: false, isOpen: true });
      const second = slow();
      accept = second.accept;
      input.accept();
      if (end === 'reject') {
        first.reject(new TimedOut('em', 1000));
      } else {
        first.resolve(end === 'problem' ? { problem: 'late' } : 'back');
      }
      await new Promise(setImmediate);
      expect(input).toMatchObject({ busy: true, validationMessage: undefined });
      second.resolve('next');
      expect(await answered).toBe('next');
    }
  });

  test.each<[string, (input: QuickInputs['shown']) => void]>([
    ['leaves', input => input.hide()],
    ['goes back', input => input.press('Back')],
  ])('who %s while it is tried ends that', async (_, leave) => {
    const trial = slow();
    const { input, answered } = ask({ accept: trial.accept });
    input.accept();
    leave(input);
    expect(['leave', 'back']).toContain(await answered);
    expect(trial.calls[0]?.signal.aborted).toBe(true);
  });

  test('is not given up once something is done that cannot be taken back, and is there again if that fails', async () => {
    const trial = slow();
    const { input, answered, changes } = ask({ accept: trial.accept });
    const [back] = input.buttons;
    input.accept();
    const [call] = trial.calls;
    call?.commit();
    expect(input).toMatchObject({ enabled: false, buttons: [] });
    input.type('other');
    input.trigger(back);
    input.hide();
    input.isOpen = false;
    expect(changes).toEqual([]);
    expect(call?.signal.aborted).toBe(false);
    trial.resolve({ problem: 'Not saved' });
    await vi.waitFor(() => expect(input.isOpen).toBe(true));
    expect(input).toMatchObject({ enabled: true, validationMessage: { message: 'Not saved' } });
    input.hide();
    expect(await answered).toBe('leave');
  });

  test('that was closed while it could not be given up is there again after a failure', async () => {
    const trial = slow();
    const { input, answered } = ask({ accept: trial.accept });
    input.accept();
    trial.calls[0]?.commit();
    input.hide();
    input.isOpen = false;
    trial.reject(new TimedOut('em', 1000));
    await vi.waitFor(() => expect(input.isOpen).toBe(true));
    input.hide();
    expect(await answered).toBe('leave');
  });
});

describe('a list', () => {
  const items = [{ label: 'One' }, { label: 'Two' }];

  function ask(
    accept: (item: { label: string }, signal: AbortSignal, commit: () => void) => Answered,
    active?: object,
  ) {
    const inputs = new QuickInputs();
    const told: string[] = [];
    Object.assign(window, { showErrorMessage: async (text: string) => void told.push(text) });
    const options = { items, placeholder: 'Which?', accept };
    const answered = askPick(frame, active ? { ...options, active: items[1] } : options);
    return { input: inputs.shown, answered, told };
  }

  test('takes an item, at first the active one, and nothing where nothing matches', async () => {
    const taken: string[] = [];
    const { input, answered } = ask(({ label }) => {
      taken.push(label);
      return 'next';
    }, items[1]);
    expect(input).toMatchObject({ title: frame.title, items, activeItems: [items[1]], placeholder: 'Which?' });
    expect(ask(() => 'next').input.activeItems).toEqual([]);
    input.pick('Nothing');
    input.pick('Two');
    expect(await answered).toBe('next');
    expect(taken).toEqual(['Two']);
  });

  test('tries one item at a time, says what is wrong, and can be asked again', async () => {
    const first = slow();
    let { accept } = first;
    const { input, answered, told } = ask((...all) => accept(...all));
    input.pick('One');
    input.pick('Two');
    expect(first.calls.map(({ answer }) => answer)).toEqual([items[0]]);
    expect(input.busy).toBe(true);
    first.resolve({ problem: 'Not [this](x)' });
    await vi.waitFor(() => expect(told).toEqual(['Not [this]\u200b(x)']));
    expect(input.busy).toBe(false);
    for (const [failure, message] of [[new TimedOut('em', 1000), 'did not answer'], [new Cancelled()]] as const) {
      const next = slow();
      accept = next.accept;
      told.splice(0);
      input.pick('One');
      next.reject(failure);
      await vi.waitFor(() => expect(input.busy).toBe(false));
      expect(told).toEqual(message === undefined ? [] : [expect.stringContaining(message)]);
    }
    const last = slow();
    accept = last.accept;
    input.pick('Two');
    last.resolve('next');
    expect(await answered).toBe('next');
  });

  test('ends with a defect', async () => {
    const trial = slow();
    const { input, answered } = ask(trial.accept);
    input.pick('One');
    trial.reject(new TypeError('defect'));
    await expect(answered).rejects.toThrow('defect');
  });

  test.each(['resolve', 'problem', 'reject'])(
    'ends what is tried when it is left, whatever comes of it (%s)',
    async end => {
      const trial = slow();
      const { input, answered, told } = ask(trial.accept);
      input.pick('One');
      input.hide();
      expect(await answered).toBe('leave');
      expect(trial.calls[0]?.signal.aborted).toBe(true);
      if (end === 'reject') {
        trial.reject(new TimedOut('em', 1000));
      } else {
        trial.resolve(end === 'problem' ? { problem: 'late' } : 'next');
      }
      await new Promise(setImmediate);
      expect(told).toEqual([]);
    },
  );

  test('is not given up once something is done that cannot be taken back, and is there again if that fails', async () => {
    const trial = slow();
    const { input, answered, told } = ask(trial.accept);
    const [back] = input.buttons;
    input.pick('One');
    trial.calls[0]?.commit();
    expect(input).toMatchObject({ enabled: false, buttons: [] });
    input.trigger(back);
    input.hide();
    input.isOpen = false;
    expect(trial.calls[0]?.signal.aborted).toBe(false);
    trial.resolve({ problem: 'Not saved' });
    await vi.waitFor(() => expect(told).toEqual(['Not saved']));
    expect(input).toMatchObject({ enabled: true, isOpen: true, buttons: [{ tooltip: 'Back' }] });
    input.press('Back');
    expect(await answered).toBe('back');
  });
});
