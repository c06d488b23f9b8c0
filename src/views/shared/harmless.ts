import { isolate, isolated, oneLine, rightToLeft } from '../../base/text';

export { isolated, nameIn } from '../../base/text';

/** A server's text for a quick pick or the status bar, which draw `$(name)` as an icon. */
export function plain(text: string): string {
  return isolated(withoutIcons(oneLine(text)));
}

/** A text to put after a name. Next to a name that is written from right to left, it would slip to the other side. */
export function behind(name: string, text: string): string {
  return text !== '' && rightToLeft.test(name) ? isolate(text) : text;
}

export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}

/** A text for a notification, which would make `[text](command:…)` a link that runs any command. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', ']\u200b(');
}

/**
 * A text that somebody else chose, for a line of a dialog: neither long enough nor with gaps wide enough to look like further
 * lines, such as a fingerprint.
 */
export function shortLine(text: string): string {
  const blanks = /[\s\u115f\u1160\u2800\u3164\uffa0]+/g;
  return isolated(
    oneLine(
      text
        .slice(0, longestShort * 8)
        .normalize('NFKC')
        .replaceAll(blanks, ' '),
      longestShort,
    ),
  );
}

/** Less than what one line of a dialog holds. */
const longestShort = 60;
