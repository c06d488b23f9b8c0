import { oneLine } from '../../base/text';
import { isolated } from './harmless';

/**
 * A server's text as it is, on one line, inside of Markdown. With a backslash before each punctuation mark there is no
 * markup left, and no address that Markdown would make a link of by itself.
 */
export function markdownText(text: string, limit?: number): string {
  return escaped(isolated(oneLine(text, limit)));
}

/** The same of a line that is made of harmless texts already, each of them isolated. */
export function escaped(line: string): string {
  return line.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** The target of a Markdown link that runs a command of ours with one text. */
export function commandTarget(command: string, argument: string): string {
  // VS Code decodes the target twice, and keys of items hold encoded ids.
  const encoded = encodeURIComponent(JSON.stringify([argument]).replaceAll('%', '\\u0025'));
  // Marks that encodeURIComponent leaves alone; a bracket would end the target.
  return `command:${command}?${encoded.replace(/[!'()*~]/g, mark => `%${mark.charCodeAt(0).toString(16)}`)}`;
}
