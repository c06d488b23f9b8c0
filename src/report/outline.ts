import { facts, factsOfKind } from '../items/facts';
import type { ItemKind } from '../items/item';
import { kindName } from '../items/kinds';
import type { Reported } from '../items/reported';
import type { Outline, SumTexts, TableTexts } from './report';

/** What the kinds that have rows in the report say about it, in the language of the person. */
export function outline(): Outline {
  const reported = (Object.keys(facts) as ItemKind[]).flatMap(kind => {
    const { report } = factsOfKind(kind);
    return report ? [{ kind, report }] : [];
  });
  const tables = [...new Set(reported.map(({ report }) => report.table))].sort((one, other) => one.rank - other.rank);
  return {
    tables: tables.map(
      (table): TableTexts => ({
        id: table.id,
        title: table.title(),
        limit: table.limit?.(),
        place: table.place?.(),
        isCapacity: table.isCapacity ?? false,
        unlimited: table.unlimited && { id: table.unlimited.id, title: table.unlimited.title() },
        kinds: reported
          .filter(({ report }) => report.table === table)
          .map(({ kind, report }) => ({ kind, name: kindName(kind), plural: report.plural() })),
      }),
    ),
    sums: reported.flatMap(({ kind, report }) => sumsOf(kind, report)),
    fills: reported.flatMap(({ report: { fill } }) => (fill ? [{ ...fill, title: fill.title() }] : [])),
  };
}

function sumsOf(kind: ItemKind, { count, plural, sums = [], isOneById: once }: Reported): readonly SumTexts[] {
  return [
    { id: count, title: plural(), kind, of: 'rows', once },
    ...sums.map(sum => ({ ...sum, title: sum.title(), kind, once })),
  ];
}
