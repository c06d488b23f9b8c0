// What servers send, people type and files hold is matched: no expression may take longer than in proportion to the text.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, createContext, Script } from 'node:vm';
import { transform } from 'esbuild';
import { check, type Diagnostics } from 'recheck';
import { parseAst } from 'vite';
import { expect, test } from 'vitest';
import { isObject } from '../../src/base/isObject';

interface Expression {
  readonly file: string;
  readonly pattern: string;
  readonly flags: string;
}

/** All literals, and the files that make expressions in other ways. */
const { literals, builders } = await expressionsIn('src');

test('all expressions are found', () => {
  expect(literals.length).toBeGreaterThan(50);
  // One class of characters.
  expect(builders).toEqual(['src/inventory/search/query.ts']);
});

test('no expression takes more than linear time, as a checker sees it', { timeout: 600_000 }, async () => {
  const bad: object[] = [];
  for (const { file, pattern, flags } of literals) {
    const found = await verdict(pattern, flags);
    if (found.status === 'vulnerable') {
      bad.push({ file, pattern, complexity: found.complexity.summary, attack: found.attack.pattern });
    } else if (found.status === 'unknown') {
      bad.push({ file, pattern, error: found.error });
    }
  }
  expect(bad).toEqual([]);
});

test('every expression is done in no time with 100 kB of what it repeats', { timeout: 600_000 }, () => {
  const slow: object[] = [];
  const match = new Script(`text.replace(new RegExp(pattern, flags), '')`);
  for (const { file, pattern, flags } of literals) {
    const context = createContext({ pattern, flags });
    for (const text of attacksOn(pattern)) {
      context.text = text;
      // A machine that stands still does so once; quadratic time is too much each time.
      if ([1, 2, 3].every(() => takesLong(match, context))) {
        slow.push({ file, pattern, text: text.slice(0, 40) });
        break;
      }
    }
  }
  expect(slow).toEqual([]);
});

function takesLong(match: Script, context: Context): boolean {
  try {
    // A thousand times what it takes, so that a busy machine does not matter; quadratic time is more.
    match.runInContext(context, { timeout: 1_000 });
    return false;
  } catch {
    return true;
  }
}

/** Steps end the work, never a clock: a busy machine comes to the same verdict. A text that is found is not tried out against a clock. */
const withoutClock = {
  timeout: null,
  attackTimeout: null,
  incubationTimeout: null,
  seedingTimeout: null,
  recallTimeout: -1,
} as const;

/** Automata know no assertions: as groups, these take more and not less time. If that is too much, the checker tries texts. */
async function verdict(pattern: string, flags: string): Promise<Diagnostics> {
  const withGroups = pattern.replace(/\(\?<?[=!]/g, '(?:');
  const found = await check(withGroups, flags, { checker: 'automaton', ...withoutClock });
  return found.status === 'safe' || withGroups === pattern
    ? found
    : await check(pattern, flags, { checker: 'fuzz', randomSeed: 1, ...withoutClock });
}

/** Each piece of a text that the expression matches nearly, repeated, alone and behind what stands before it. */
function* attacksOn(pattern: string): Generator<string> {
  for (const matched of new Set([matchedBy(pattern, true), matchedBy(pattern, false)])) {
    for (const length of new Set([1, 2, 3, 5, 7, matched.length])) {
      for (let start = 0; length > 0 && start + length <= matched.length; start++) {
        const piece = matched.slice(start, start + length);
        const repeated = piece.repeat(100_000 / length);
        yield `${repeated}\0`;
        if (start > 0) {
          yield `${matched.slice(0, start)}${repeated}\0`;
        }
      }
    }
  }
}

/** The characters that an expression names, one after another; one for each class of characters, or none. */
function matchedBy(pattern: string, withClasses: boolean): string {
  const escapes: Readonly<Record<string, string>> = {
    s: ' ',
    d: '0',
    w: 'a',
    n: '\n',
    r: '\r',
    t: '\t',
    b: '',
    p: ' ',
  };
  const atoms = pattern.matchAll(
    /\\p\{\w+\}|\\(.)|\[(\\?.)(?:\\.|[^\]\\])*\]|\(\?(?:<?[=!]|:)|\{\d+\}|[()|*+?^$]|(.)/gsu,
  );
  return [...atoms]
    .map(([whole, escaped, inClass, plain]) => {
      if (escaped !== undefined) {
        return escapes[escaped] ?? escaped;
      }
      if (inClass !== undefined) {
        const first =
          inClass === '^' ? 'z' : inClass.startsWith('\\') ? (escapes[inClass.slice(1)] ?? inClass[1]) : inClass;
        return withClasses ? first : '';
      }
      return plain ?? (whole.startsWith('\\p') ? ' ' : '');
    })
    .join('');
}

async function expressionsIn(
  folder: string,
): Promise<{ literals: readonly Expression[]; builders: readonly string[] }> {
  const literals: Expression[] = [];
  const builders: string[] = [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'));
  for (const name of files) {
    const file = join(folder, name);
    const { code } = await transform(readFileSync(file, 'utf8'), { loader: 'ts', target: 'esnext' });
    for (const node of nodesIn(parseAst(code))) {
      if (node.type === 'Literal' && isObject(node.regex)) {
        literals.push({ file, pattern: String(node.regex.pattern), flags: String(node.regex.flags) });
      } else if (node.type === 'NewExpression' && isObject(node.callee) && node.callee.name === 'RegExp') {
        builders.push(file);
      }
    }
  }
  return { literals, builders };
}

function* nodesIn(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (isObject(value) && typeof value.type === 'string') {
    yield value;
  }
  if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) {
      yield* nodesIn(each);
    }
  }
}
