import { onTestFinished } from 'vitest';

/** What is started for a test alone, such as a sample server: closed at its end. */
export async function forThisTest<Closable extends { close(): Promise<void> }>(
  starting: Promise<Closable>,
): Promise<Closable> {
  const started = await starting;
  onTestFinished(() => started.close());
  return started;
}
