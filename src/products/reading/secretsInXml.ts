import { nextSlice } from '../../base/timeSlices';
import { resolvedReferences, withReferences } from '../../base/xmlReferences';
import { endOfToken } from '../../base/xmlTokens';
import { type Cut, outermost } from './cuts';
import type { Cleaned, SecretSearch } from './secretMembers';
import { holdsValue, namesPair } from './secretNames';

/** Between two turns for others. */
const tokensAtOnce = 500;

/** An element that is open. */
interface Frame {
  readonly name: string;
  /** The number of pieces when it began. */
  readonly from: number;
  /** Whether it has a name beside a value, and the name is that of a secret. */
  isSecretPair: boolean;
  /** Pieces that are values of such a pair, whose name may come after them. */
  readonly values: Cut[];
}

/** See `withoutSecrets`. */
export async function xmlWithout(text: string, search: SecretSearch, removed: string): Promise<Cleaned> {
  const pieces: string[] = [];
  const frames: Frame[] = [];
  /** Pieces that turn out to be secret later. */
  const cuts: Cut[] = [];
  let hasCut = false;
  /** How many elements are open, counted from the secret one; 0 outside of secrets. */
  let depth = 0;
  let tokens = 0;

  const readText = async (token: string) => {
    const before = contentOf(token);
    const frame = frames.at(-1);
    const isPairValue = frame?.isSecretPair === true && before.trim() !== '';
    const isCredential = frame !== undefined && before.trim() !== '' && search.soundsOf(frame.name) === 'credentials';
    const clean = isPairValue || isCredential ? removed : await search.cleanText(before);
    hasCut ||= clean !== undefined;
    pieces.push(clean === undefined ? token : withReferences(clean));
  };
  const close = () => {
    const frame = frames.pop();
    if (frame?.isSecretPair) {
      for (const value of frame.values) {
        cuts.push(value);
      }
    }
    const around = frames.at(-1);
    if (frame && around) {
      if (holdsValue(frame.name) && pieces.length > frame.from) {
        around.values.push({ from: frame.from, to: pieces.length });
      }
      // A name is one text.
      const [content, ...more] = pieces.slice(frame.from, frame.from + 2);
      if (namesPair(frame.name) && content && more.length === 0 && search.isSecretName(contentOf(content).trim())) {
        around.isSecretPair = true;
      }
    }
  };

  for (let at = 0; at < text.length; tokens++) {
    if (tokens % tokensAtOnce === 0) {
      await nextSlice();
    }
    const end = endOfToken(text, at);
    if (end === undefined) {
      break;
    }
    const token = text.slice(at, end);
    at = end;
    const name = localName(/^<\/?([^\s/>!?]+)/.exec(token)?.[1] ?? '');
    const closes = token.startsWith('</');
    const opens = name !== '' && !closes && !token.endsWith('/>');
    if (depth > 0) {
      depth += opens ? 1 : closes ? -1 : 0;
      if (depth > 0) {
        continue;
      }
      pieces.push(token);
      continue;
    }
    if (closes) {
      close();
      pieces.push(token);
    } else if (name === '') {
      await (token.startsWith('<') && !token.startsWith('<![CDATA[') ? pieces.push(token) : readText(token));
    } else {
      const attributes = await withoutAttributes(token, search, removed);
      hasCut ||= attributes.hasCut;
      pieces.push(attributes.text);
      const sounds = search.soundsOf(name);
      if (opens && sounds !== 'harmless' && sounds !== 'credentials' && !isFlag(text, at)) {
        depth = 1;
        hasCut = true;
        pieces.push(removed);
      } else if (opens) {
        frames.push({ name, from: pieces.length, isSecretPair: attributes.isSecretPair, values: [] });
      }
    }
  }
  while (frames.length > 0) {
    close();
  }
  return { text: without(pieces, cuts, removed), hasCut: hasCut || cuts.length > 0 };
}

function without(pieces: readonly string[], cuts: readonly Cut[], removed: string): string {
  const kept: string[] = [];
  let keptTo = 0;
  for (const { from, to } of outermost(cuts)) {
    kept.push(pieces.slice(keptTo, from).join(''), removed);
    keptTo = to;
  }
  return kept.join('') + pieces.slice(keptTo).join('');
}

/** Whether the text that begins there says only yes or no. */
function isFlag(text: string, from: number): boolean {
  const flag = /\s*(?:true|false)\s*</iy;
  flag.lastIndex = from;
  return flag.test(text);
}

async function withoutAttributes(
  tag: string,
  search: SecretSearch,
  removed: string,
): Promise<Cleaned & { readonly isSecretPair: boolean }> {
  const attributes: { readonly before: string; readonly name: string; readonly value: string }[] = [];
  let rest = tag;
  for (let at = 0; ; ) {
    const offset = tag.slice(at).search(/["']/);
    const start = at + offset;
    const end = offset === -1 ? -1 : tag.indexOf(tag[start] ?? '', start + 1);
    if (end === -1) {
      rest = tag.slice(at);
      break;
    }
    const before = tag.slice(at, start);
    const name = localName(before.slice(0, before.lastIndexOf('=')).trimEnd().split(/\s/).at(-1) ?? '');
    attributes.push({ before, name, value: tag.slice(start, end + 1) });
    at = end + 1;
  }
  const content = (value: string) => resolvedReferences(value.slice(1, -1));
  const isSecretPair = attributes.some(({ name, value }) => namesPair(name) && search.isSecretName(content(value)));
  let hasCut = false;
  let text = '';
  for (const { before, name, value } of attributes) {
    const isSecret = search.soundsOf(name) !== 'harmless' || (isSecretPair && holdsValue(name));
    const tellsNothing = /^.(?:true|false|\s*).$/i.test(value);
    const clean = isSecret ? (tellsNothing ? undefined : removed) : await search.cleanText(content(value));
    hasCut ||= clean !== undefined;
    text += before + (clean === undefined ? value : `"${withReferences(clean)}"`);
  }
  return { text: text + rest, hasCut, isSecretPair };
}

/** `Password` for `n:Password`. */
function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

/** What a text or a section says. */
function contentOf(token: string): string {
  return token.startsWith('<![CDATA[') ? token.slice('<![CDATA['.length, -']]>'.length) : resolvedReferences(token);
}
