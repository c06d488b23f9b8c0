/**
 * Asks several questions at the same time, and takes the first answer in the order of the questions, not in that of time.
 * Those that are not needed any more are given up.
 * @throws what a question throws, if none before it in the order has an answer
 */
export async function firstInOrder<Answer>(
  questions: readonly ((signal: AbortSignal) => Promise<Answer | undefined>)[],
  signal: AbortSignal,
): Promise<Answer | undefined> {
  const decided = new AbortController();
  const until = AbortSignal.any([signal, decided.signal]);
  const answers = questions.map(ask => ask(until));
  // Each is looked at in its turn below. One that fails before its turn is no unhandled rejection.
  const all = Promise.allSettled(answers);
  try {
    for (const asked of answers) {
      const answer = await asked;
      if (answer !== undefined) {
        return answer;
      }
    }
    return undefined;
  } finally {
    decided.abort();
    await all;
  }
}
