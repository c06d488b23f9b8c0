/** The segments of a path, decoded. Empty ones count for nothing, so a trailing slash changes nothing. */
export function segmentsOf(pathname: string): string[] {
  return pathname.split('/').filter(Boolean).map(decode);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/**
 * Compares a path with a pattern such as "BackupRepositories/{id}", without regard to case as the products do.
 * The answer holds the values of the braces in order, in the case they were written.
 */
export function matchPath(pattern: string, segments: readonly string[]): string[] | undefined {
  const expected = segmentsOf(pattern);
  if (expected.length !== segments.length) {
    return undefined;
  }
  const values: string[] = [];
  for (const [index, segment] of segments.entries()) {
    const part = expected[index];
    if (part?.startsWith('{')) {
      values.push(segment);
    } else if (part?.toLowerCase() !== segment.toLowerCase()) {
      return undefined;
    }
  }
  return values;
}
