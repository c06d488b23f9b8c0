/** How the addresses inside bodies are written. */
export type LinkForm = 'absolute' | 'rootRelative' | 'relative' | 'otherHost' | 'v7';

export interface Links {
  /** The `_links` member, or nothing when the server leaves links out. */
  of(targets: Readonly<Record<string, readonly string[]>>): { _links?: Record<string, { href: string }> };
  /** The same for targets that carry a query. */
  to(targets: Readonly<Record<string, string>>): { _links?: Record<string, { href: string }> };
}

export function linksFor(version: number, form: LinkForm | undefined, origin: string, omit: boolean): Links {
  const chosen = form ?? (version <= 5 ? 'absolute' : 'rootRelative');
  const prefixes: Record<LinkForm, string> = {
    absolute: `${origin}/v${version}/`,
    otherHost: `https://vb365-internal.example.com:4443/v${version}/`,
    relative: `v${version}/`,
    rootRelative: `/v${version}/`,
    v7: '/v7/',
  };
  const prefix = prefixes[chosen];
  const to: Links['to'] = targets =>
    omit
      ? {}
      : { _links: Object.fromEntries(Object.entries(targets).map(([rel, path]) => [rel, { href: prefix + path }])) };
  return {
    to,
    of: targets =>
      to(Object.fromEntries(Object.entries(targets).map(([rel, segments]) => [rel, pathOf(segments, version)]))),
  };
}

/** Until v5 the server wrote its paths in lower case; ids keep theirs. */
export function pathOf(segments: readonly string[], version: number): string {
  return segments
    .map((segment, index) => encodeURIComponent(version <= 5 && index % 2 === 0 ? segment.toLowerCase() : segment))
    .join('/');
}
