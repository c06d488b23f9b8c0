// Failures in the words of this extension alone. Their own sentences may quote servers, whose words are data wherever they
// stand: to a language model, a sentence outside the data is an instruction.

import type { Failure } from '../base/failure';

const sentences: Readonly<Record<string, string>> = {
  accessDenied: 'This account may not read this on the server.',
  authorities: 'A file in the setting backupTenancy.caFiles contains no readable certificate.',
  badAnswer: 'The server sent an answer that could not be read.',
  cancelled: 'The request was cancelled.',
  certificate: 'The certificate of the server is not trusted. Nothing was sent.',
  certificateChanged: 'The server shows a different certificate than the one that was trusted. Nothing was sent.',
  clientCertificate: 'The server requires a client certificate, or the configured one cannot be used.',
  codeWanted: 'The server asks the user for a one-time code. The user has to sign in.',
  credentialsRefused: 'The server does not let this account sign in.',
  defect: 'The extension ran into an internal error.',
  deviceCode: 'Signing in with a browser was not completed.',
  endlessList: 'The server sent a list that does not end. The items known so far may be incomplete.',
  malformedBody: 'The server sent an answer that is neither valid JSON nor XML.',
  noSignIn: 'The server has no sign-in at this address.',
  notFound: 'The server no longer has this item.',
  proxy: 'The proxy on the way to the server does not let the connection through.',
  redirected: 'The server redirects to another address.',
  sessionRefused: 'The server does not accept the session it has just opened.',
  signedOut: 'The user is signed out of the server.',
  signInMethod: 'The server does not support this way to sign in.',
  throttled: 'The server is limiting requests.',
  timedOut: 'The server did not answer in time.',
  tooLarge: 'The answer of the server is too large.',
  unexpectedShape: 'The server sent something other than expected.',
  unreachable: 'The server cannot be reached.',
  unsupportedVersion: 'The API version of the server is not supported.',
  webPage: 'The server sent a web page instead of data.',
  wrongPassphrase: 'The client certificate cannot be opened with the stored passphrase.',
  wrongProduct: 'Another product answers at the address of the server.',
};

export function problemIn(failure: Failure): string {
  if ('status' in failure && typeof failure.status === 'number') {
    return `The server answered with status ${failure.status}.`;
  }
  return sentences[failure.kind] ?? 'Something went wrong with the server.';
}
