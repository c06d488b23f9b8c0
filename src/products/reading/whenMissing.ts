import { type Failure, isFailure } from '../../base/failure';

/** What a request brings; undefined where the server has no such thing, or this account may not read it. */
export function ifThere<T>(request: Promise<T>): Promise<T | undefined> {
  return unless(request, ({ kind }) => kind === 'notFound' || kind === 'accessDenied');
}

const notServed: ReadonlySet<string> = new Set(['notFound', 'accessDenied', 'serverFailed', 'endlessList']);

/**
 * What a request brings that only says more of what another one brings, such as a name; undefined also where the server fails
 * at it. Where it wants fewer requests, or cannot be reached, the failure stays: a second attempt brings everything.
 */
export function ifServed<T>(request: Promise<T>): Promise<T | undefined> {
  return unless(request, ({ kind }) => notServed.has(kind));
}

/** What a request brings that is good to have and worth no failure. */
export function ifPossible<T>(request: Promise<T>): Promise<T | undefined> {
  return unless(request, () => true);
}

async function unless<T>(request: Promise<T>, isNone: (failure: Failure) => boolean): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (isFailure(error) && isNone(error)) {
      return undefined;
    }
    throw error;
  }
}
