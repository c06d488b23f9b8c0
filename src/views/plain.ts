import { oneLine } from '../http/text';

/** A server's text for a quick pick or the status bar, which draw `$(name)` as an icon. */
export function plain(text: string): string {
  return withoutIcons(oneLine(text));
}

export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}

/** A text for a notification, which would make `[text](command:…)` a link that runs any command. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', ']\u200b(');
}
