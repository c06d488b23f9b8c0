import * as vscode from 'vscode';
import type { ExportFormat } from '../../base/exportFormats';
import { wholePercent } from '../../base/numbers';
import { idLine } from '../../base/text';
import { kindName } from '../../items/kinds';
import { outline } from '../../report/outline';
import {
  levelOf,
  type Report,
  type ReportRow,
  type ServerSummary,
  shareOf,
  type TableTexts,
} from '../../report/report';
import { dateTime, size } from '../shared/format';
import { jsonOf } from '../shared/itemRecords';
import { type CsvStyle, escapeMarkdown, type TextColumn, toCsv, toMarkdown } from '../shared/tables';

/** The whole report as a file's text, whatever the page shows of it. */
export function reportFile(report: Report, format: ExportFormat, style?: CsvStyle): string {
  switch (format) {
    case 'csv':
      // So that Excel reads it as UTF-8.
      return `\uFEFF${toCsv(csvColumns, report.rows.toSorted(byUrgency), style)}`;
    case 'json':
      return `${jsonOf(plainReport(report))}\n`;
    case 'markdown':
      return markdownOf(report);
  }
}

/** The rows whose ID does not stand in the file to the letter. JSON writes what cannot be seen as escapes. */
export function rowsWithAlteredIds({ rows }: Report, format: ExportFormat): readonly ReportRow[] {
  return format === 'csv' ? rows.filter(({ id }) => idLine(id) !== id) : [];
}

/** Named for scripts, as the columns of other exports are: the same in every language. */
const csvColumns: readonly TextColumn<ReportRow>[] = [
  { title: 'server', value: row => row.server },
  { title: 'kind', value: row => row.kind },
  { title: 'belongsTo', value: row => row.place },
  { title: 'name', value: row => row.name },
  { title: 'id', value: row => idLine(row.id) },
  { title: 'usedBytes', value: row => row.usedBytes },
  { title: 'limitBytes', value: row => row.limitBytes },
  { title: 'unlimited', value: row => row.unlimited },
  { title: 'freeBytes', value: row => row.freeBytes },
  { title: 'usedPercent', value: percent },
  { title: 'level', value: row => levelOf(shareOf(row)) },
  { title: 'repositories', value: row => row.repositories },
  { title: 'growthBytes', value: row => row.growth?.bytes },
  { title: 'growthBytesPerDay', value: row => rounded(row.growth?.bytesPerDay) },
  { title: 'fullInDays', value: row => rounded(row.growth?.fullInDays) },
];

function plainReport({ at, servers, rows }: Report) {
  return {
    schema: 1,
    at: moment(at),
    servers: servers.map(({ key: _, isLoading: _loading, asOf, comparedWith, totals, ...facts }) => ({
      ...facts,
      ...totals,
      asOf: moment(asOf),
      comparedWith: moment(comparedWith),
    })),
    items: rows.map(({ key: _, node: _node, ...facts }) => ({ ...facts, level: levelOf(shareOf(facts)) })),
  };
}

function markdownOf(report: Report): string {
  const { rows } = report;
  const { tables } = outline();
  const section = (table: TableTexts) => {
    const its = rows.filter(row => table.kinds.some(({ kind }) => kind === row.kind));
    return its.length === 0 ? [] : [`## ${table.title}`, toMarkdown(columnsOf(table), its.toSorted(byUrgency))];
  };
  return `${[
    `# ${vscode.l10n.t('Capacity Report')}`,
    escapeMarkdown(vscode.l10n.t('As of {0}', dateTime(moment(report.at) ?? ''))),
    `## ${vscode.l10n.t('Servers')}`,
    toMarkdown(serverColumns(), report.servers),
    ...problems(report.servers),
    ...tables.flatMap(section),
  ]
    .map(part => part.trimEnd())
    .join('\n\n')}\n`;
}

function serverColumns(): readonly TextColumn<ServerSummary>[] {
  return [
    { title: vscode.l10n.t('Server'), value: each => each.name },
    ...outline().sums.map(({ id, title, of }) => ({
      title,
      value: ({ totals }: ServerSummary) => (of === 'rows' ? totals[id] : sizeText(totals[id])),
    })),
  ];
}

function problems(servers: readonly ServerSummary[]): readonly string[] {
  const lines = servers.flatMap(server =>
    server.problems.map(
      ({ where, why }) => `- ${escapeMarkdown([server.name, where, why].filter(Boolean).join(': '))}`,
    ),
  );
  return lines.length === 0 ? [] : [`## ${vscode.l10n.t('What could not be read')}`, lines.join('\n')];
}

function columnsOf({ limit, isCapacity }: TableTexts): readonly TextColumn<ReportRow>[] {
  return limit === undefined ? spreadColumns() : limitedColumns(limit, isCapacity);
}

function limitedColumns(limit: string, isCapacity: boolean): readonly TextColumn<ReportRow>[] {
  const unknown = isCapacity ? vscode.l10n.t('unknown') : undefined;
  return [
    { title: vscode.l10n.t('Name'), value: row => row.name },
    { title: vscode.l10n.t('Kind'), value: row => kindName(row.kind) },
    { title: vscode.l10n.t('Parent'), value: row => row.place },
    { title: vscode.l10n.t('Server'), value: row => row.server },
    { title: vscode.l10n.t('Used'), value: row => sizeText(row.usedBytes) },
    {
      title: limit,
      value: row => (row.unlimited ? vscode.l10n.t('unlimited') : (sizeText(row.limitBytes) ?? unknown)),
    },
    { title: vscode.l10n.t('Used (%)'), value: percent },
    { title: vscode.l10n.t('Growth'), value: row => sizeText(row.growth?.bytes) },
  ];
}

/** Columns for what has no limit and may lie in several repositories. */
function spreadColumns(): readonly TextColumn<ReportRow>[] {
  return [
    { title: vscode.l10n.t('Name'), value: row => row.name },
    { title: vscode.l10n.t('Server'), value: row => row.server },
    { title: vscode.l10n.t('Used'), value: row => sizeText(row.usedBytes) },
    { title: vscode.l10n.t('Repositories'), value: row => row.repositories },
    { title: vscode.l10n.t('Growth'), value: row => sizeText(row.growth?.bytes) },
  ];
}

function byUrgency(one: ReportRow, other: ReportRow): number {
  return (shareOf(other) ?? -1) - (shareOf(one) ?? -1) || (other.usedBytes ?? -1) - (one.usedBytes ?? -1);
}

/** No number where something is used of no quota. */
function percent(row: ReportRow): number | undefined {
  const share = shareOf(row);
  return share === undefined || !Number.isFinite(share) ? undefined : wholePercent(share);
}

function sizeText(bytes: number | undefined): string | undefined {
  return bytes === undefined ? undefined : size(bytes);
}

function rounded(number: number | undefined): number | undefined {
  return number === undefined ? undefined : Math.round(number);
}

function moment(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}
