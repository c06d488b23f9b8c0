// Any text as a literal of a language: nothing in it is ever more than text there. It is kept to the letter, but on one line, as
// a line end in the middle of what is pasted would already run the first half.
import { idLine } from '../../base/text';

/** For a POSIX shell. */
export function shellQuoted(text: string): string {
  return `'${idLine(text).replaceAll("'", `'\\''`)}'`;
}

/** For PowerShell, to which typographic quotes are quotes, too. */
export function powerShellQuoted(text: string): string {
  return `'${idLine(text).replace(/['\u2018-\u201B]/g, '$&$&')}'`;
}

/** For Terraform's HCL, where `${…}` and `%{…}` would be evaluated. */
export function hclQuoted(text: string): string {
  const escaped = idLine(text)
    .replace(/["\\]/g, '\\$&')
    .replace(/\$+\{?|%+\{?/g, escapedSigns);
  return `"${escaped}"`;
}

/** The usual escape doubles the sign; behind another one that would be read otherwise. */
function escapedSigns(signs: string): string {
  if (!signs.endsWith('{')) {
    return signs;
  }
  return signs.length === 2 ? `${signs.charAt(0)}${signs}` : `${signs.slice(0, -1)}\\u007b`;
}

/** For YAML that Ansible reads, which would evaluate `{{…}}` and `{%…%}` in a text that is not marked as unsafe. */
export function ansibleQuoted(text: string): string {
  const quoted = JSON.stringify(idLine(text));
  return text.includes('{') ? `!unsafe ${quoted}` : quoted;
}
