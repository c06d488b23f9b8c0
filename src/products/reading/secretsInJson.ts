import { createScanner } from 'jsonc-parser';
import { nextSlice } from '../../base/timeSlices';
import { type Cut, outermost } from './cuts';
import type { Cleaned, SecretSearch } from './secretMembers';
import { holdsValue, namesPair } from './secretNames';

/** Between two turns for others. */
const tokensAtOnce = 500;

/** With what is put in its place. */
interface Replacement extends Cut {
  readonly put: string;
}

/** An object or array that is open. */
interface Frame {
  readonly isArray: boolean;
  /** Whether texts in it are credentials. */
  readonly isCredentials: boolean;
  /** The member whose value is read. */
  member?: string | undefined;
  /** Where the value begins that is left out, up to the end of the member. */
  cutFrom?: number | undefined;
  /** Where the value of a pair begins. */
  valueFrom?: number | undefined;
  /** The values of a pair, whose name may come after them. */
  readonly values: Replacement[];
  isSecretPair?: boolean;
}

const frameOf = (isArray: boolean, isCredentials: boolean): Frame => ({ isArray, isCredentials, values: [] });

/** See `withoutSecrets`. */
export async function jsonWithout(text: string, search: SecretSearch, removed: string): Promise<Cleaned> {
  const put = JSON.stringify(removed);
  const scanner = createScanner(text, true);
  const cuts: Replacement[] = [];
  const frames = [frameOf(true, false)];
  let frame = frames[0] as Frame;
  let string = '';
  /** How many of the open frames have a value that is left out. */
  let cutting = 0;

  const endMember = (at: number) => {
    if (frame.cutFrom !== undefined) {
      cuts.push({ from: frame.cutFrom, to: at, put });
      cutting--;
    }
    if (frame.valueFrom !== undefined) {
      frame.values.push({ from: frame.valueFrom, to: at, put });
    }
    frame.member = frame.cutFrom = frame.valueFrom = undefined;
  };
  const close = (at: number) => {
    endMember(at);
    if (frame.isSecretPair) {
      for (const value of frame.values) {
        cuts.push(value);
      }
    }
    if (frames.length > 1) {
      frames.pop();
      frame = frames.at(-1) as Frame;
    }
  };
  const beginMember = (name: string, at: number) => {
    frame.member = name;
    const sounds = search.soundsOf(name);
    const isSecret = sounds === 'listed' || sounds === 'secret' || sounds === 'secrets';
    if (isSecret && !tellsNothing(text, at, sounds === 'secrets')) {
      frame.cutFrom = at;
      cutting++;
    } else if (holdsValue(name)) {
      frame.valueFrom = at;
    }
  };
  const readText = async (from: number, to: number) => {
    const { member } = frame;
    if ((member === undefined && !frame.isArray) || cutting > 0 || string === '') {
      return;
    }
    if (member !== undefined && namesPair(member) && search.isSecretName(string)) {
      frame.isSecretPair = true;
    }
    const isCredential =
      (member !== undefined && search.soundsOf(member) === 'credentials') ||
      (frame.isCredentials && (member === undefined || holdsValue(member)));
    const clean = isCredential ? removed : await search.cleanText(string);
    if (clean !== undefined) {
      cuts.push({ from, to, put: JSON.stringify(clean) });
    }
  };

  for (let tokens = 1; ; tokens++) {
    if (tokens % tokensAtOnce === 0) {
      await nextSlice();
    }
    scanner.scan();
    const length = scanner.getTokenLength();
    const at = scanner.getTokenOffset();
    if (length === 0) {
      break;
    }
    switch (text[at]) {
      case '{':
      case '[': {
        const isCredentials =
          frame.member === undefined ? frame.isCredentials : search.soundsOf(frame.member) === 'credentials';
        frame = frameOf(text[at] === '[', isCredentials);
        frames.push(frame);
        break;
      }
      case '}':
      case ']':
        close(at);
        break;
      case ',':
        endMember(at);
        break;
      case '"':
        string = scanner.getTokenValue();
        await readText(at, at + length);
        break;
      case ':':
        if (frame.member === undefined) {
          beginMember(string, at + 1);
        }
        break;
      default:
    }
  }
  while (frames.length > 1) {
    close(text.length);
  }
  close(text.length);
  return without(text, cuts);
}

/** Whether a value is known to hold no secret: none, a flag, or how many there are. */
function tellsNothing(text: string, from: number, isPlural: boolean): boolean {
  const value = isPlural ? /\s*(?:null|""|true|false|-?\d[\d.eE+-]*)\s*(?=[,}\]]|$)/y : /\s*(?:null|""|true|false)/y;
  value.lastIndex = from;
  return value.test(text);
}

function without(text: string, cuts: readonly Replacement[]): Cleaned {
  const pieces: string[] = [];
  let keptTo = 0;
  for (const { from, to, put } of outermost(cuts)) {
    pieces.push(text.slice(keptTo, from), put);
    keptTo = to;
  }
  return { text: pieces.join('') + text.slice(keptTo), hasCut: cuts.length > 0 };
}
