/** The revisions of the API that are known, oldest first, each with the product build that brought it. */
const BUILDS = {
  '1.1-rev0': '12.0.0.1420',
  '1.1-rev1': '12.1.0.2131',
  '1.1-rev2': '12.2.0.334',
  '1.2-rev0': '12.3.0.310',
  '1.2-rev1': '12.3.1.1139',
  '1.3-rev0': '13.0.0.4967',
  '1.3-rev1': '13.0.1.180',
  '1.3-rev2': '13.1.0.411',
} as const;

export type Revision = keyof typeof BUILDS;

export const REVISIONS = Object.keys(BUILDS) as Revision[];

/** A 12.x server still names those of version 11, which no specification describes. */
const OF_VERSION_11 = ['1.0-rev1', '1.0-rev2'];

export function buildOf(revision: Revision): string {
  return BUILDS[revision];
}

export function atLeast(revision: Revision, other: Revision): boolean {
  return REVISIONS.indexOf(revision) >= REVISIONS.indexOf(other);
}

/** What a server serves whose newest revision is this one, oldest first. */
export function servedWith(newest: Revision): string[] {
  const known = REVISIONS.slice(0, REVISIONS.indexOf(newest) + 1);
  return atLeast(newest, '1.3-rev0') ? known : [...OF_VERSION_11, ...known];
}

/** The revision whose bodies stand for one that a server serves: itself, or the nearest that is known. */
export function bodiesOf(served: string): Revision {
  const [version, revision] = numbersOf(served);
  const older = REVISIONS.filter(name => {
    const [otherVersion, otherRevision] = numbersOf(name);
    return otherVersion < version || (otherVersion === version && otherRevision <= revision);
  });
  return older.at(-1) ?? '1.1-rev0';
}

function numbersOf(name: string): [version: number, revision: number] {
  const [, major, minor, revision] = /^(\d+)\.(\d+)-rev(\d+)$/.exec(name) ?? [];
  return [Number(major) * 1000 + Number(minor), Number(revision)];
}
