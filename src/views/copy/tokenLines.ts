// The line of a copied command that gets a token. It asks for the password when it runs, and holds no secret. A password goes
// through a pipe, as other users of the computer may see the arguments of a program.

import type { ResourceAt } from '../../servers/connection/connection';
import { powerShellQuoted, shellQuoted } from './quoting';

/**
 * For bash and zsh, which know `read -s`. Undefined where the product has no such call. Where nothing is given or no token comes,
 * it fails and leaves the variable unset, so that the next try asks again.
 * @param isAnother a token of another server may be in the variable already; otherwise one that is there is used
 */
export function shellTokenLine(
  { url, tokenCall, tokenHeader, versionHeaders }: ResourceAt,
  isAnother: boolean,
): string | undefined {
  if (!tokenCall) {
    return undefined;
  }
  const { name, variable } = tokenHeader;
  const unlessSet = isAnother ? '' : `[ -n "\${${variable}+set}" ] || `;
  const secretOf = (label: string) => `printf '${label}: ' >&2; IFS= read -rs p; echo >&2; `;
  const account = `printf 'User name: ' >&2; IFS= read -r u; ${secretOf('Password')}`;
  const headers = Object.entries(versionHeaders).map(
    ([header, value]) => `--header ${shellQuoted(`${header}: ${value}`)} `,
  );
  const request = `curl --fail --silent --show-error ${headers.join('')}`;
  const steps = (): string => {
    switch (tokenCall.by) {
      case 'key':
        return `${secretOf('API key')}printf %s "$p"`;
      case 'form':
        return [
          `${account}printf %s "$p" | ${request}--header 'Accept: application/json' `,
          ...Object.entries(tokenCall.fields).map(field => `--data ${shellQuoted(field.join('='))} `),
          `--data-urlencode "username=$u" --data-urlencode password@- ${shellQuoted(placeOf(url, tokenCall))} | `,
          `sed -n 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/p'`,
        ].join('');
      case 'basic':
        return [
          `${account}printf 'Authorization: Basic %s' "$(printf %s "$u:$p" | base64 | tr -d '\\n')" | ${request}`,
          `--request POST --header @- --header 'Content-Length: 0' --dump-header - --output /dev/null `,
          `${shellQuoted(placeOf(url, tokenCall))} | tr -d '\\r' | sed -n 's/^${inAnyCase(name)}: *//p'`,
        ].join('');
    }
  };
  return `${unlessSet}{ ${variable}=$(${steps()}); [ -n "$${variable}" ] || { unset ${variable}; false; }; }`;
}

/** For Windows PowerShell 5.1 and later ones. */
export function powerShellTokenLine(
  { url, tokenCall, tokenHeader, versionHeaders }: ResourceAt,
  isAnother: boolean,
): string | undefined {
  if (!tokenCall) {
    return undefined;
  }
  const { name, variable } = tokenHeader;
  const table = (entries: readonly (readonly [string, string])[]) =>
    `@{ ${entries.map(([key, value]) => `${powerShellQuoted(key)} = ${value}`).join('; ')} }`;
  const quoted = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(([key, value]) => [key, powerShellQuoted(value)] as const);
  const password = '$c.GetNetworkCredential().Password';
  const post = (call: { readonly path: string }) =>
    `-UseBasicParsing -Method Post -Uri ${powerShellQuoted(placeOf(url, call))}`;
  const value = (): string => {
    switch (tokenCall.by) {
      case 'key':
        return `[Net.NetworkCredential]::new('', (Read-Host 'API key' -AsSecureString)).Password`;
      case 'form': {
        const form = table([...quoted(tokenCall.fields), ['username', '$c.UserName'], ['password', password]]);
        return `(Invoke-RestMethod ${post(tokenCall)} -Headers ${table(quoted(versionHeaders))} -Body ${form}).access_token`;
      }
      case 'basic': {
        const account = `[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($c.UserName + ':' + ${password}))`;
        const headers = table([...quoted(versionHeaders), ['Authorization', `'Basic ' + ${account}`]]);
        return `[string](Invoke-WebRequest ${post(tokenCall)} -Headers ${headers}).Headers[${powerShellQuoted(name)}]`;
      }
    }
  };
  const credential = tokenCall.by === 'key' ? '' : `$c = Get-Credential; `;
  const steps = `${credential}$env:${variable} = ${value()}`;
  return isAnother ? steps : `if (-not (Test-Path env:${variable})) { ${steps} }`;
}

function placeOf(url: string, { path }: { readonly path: string }): string {
  return new URL(url).origin + path;
}

/** Names of headers come in any case, and not every `sed` can ignore it. */
function inAnyCase(name: string): string {
  return name.replace(/[a-z]/gi, letter => `[${letter.toUpperCase()}${letter.toLowerCase()}]`);
}
