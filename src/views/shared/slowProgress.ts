import * as vscode from 'vscode';
import { endsWithin } from '../../base/abort';
import { abortWith } from './cancellation';
import { withoutLinks } from './harmless';

/** How long people wait without a word. */
const showAfterMs = 700;

/** Does something that usually takes no time; if it does take some, a notification says so and lets it be given up. */
export async function withSlowProgress<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const leaving = new AbortController();
  const working = work(leaving.signal);
  if (!(await endsWithin(showAfterMs, working))) {
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: withoutLinks(title), cancellable: true },
      async (_progress, token) => {
        const listening = abortWith(token, leaving);
        await Promise.allSettled([working]);
        listening.dispose();
      },
    );
  }
  return await working;
}
