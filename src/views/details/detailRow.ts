import * as vscode from 'vscode';
import { oneLine } from '../../base/text';
import { levelOf, shareOf } from '../../report/report';
import type { FactLine } from '../shared/facts';
import { size } from '../shared/format';
import { isolated } from '../shared/harmless';
import { barText, leftText, percentText, spokenUsage, type Usage } from './usage';

/** A row of the details view. */
export interface DetailRow {
  readonly type: 'detail';
  /** Unique in the view; the same for the same fact of another item, so that the selection stays on it. */
  readonly id: string;
  readonly label: string;
  readonly description?: string | undefined;
  /** What a screen reader says instead of the description. */
  readonly spoken?: string | undefined;
  readonly tooltip?: string | undefined;
  readonly icon?: vscode.ThemeIcon | undefined;
  readonly facets?: readonly string[] | undefined;
  /** What is copied; absent where there is nothing to copy. */
  readonly value?: string | undefined;
  /** What is copied as the server's own spelling, where that is another. */
  readonly raw?: string | undefined;
  /** It is an ID that is not copied to the letter. */
  readonly isAltered?: boolean | undefined;
  readonly rows?: readonly DetailRow[] | undefined;
  /** Whether the rows below it, if there are any, are out of sight at first. */
  readonly folded?: boolean | undefined;
}

export function usageRow(id: string, label: string, taken: Usage): DetailRow {
  const left = leftText(taken);
  return {
    type: 'detail',
    id,
    label,
    description: `${barText(taken)} · ${left}`,
    spoken: `${spokenUsage(taken)}, ${left}`,
    tooltip: `${label}: ${percentText(taken)}, ${left}`,
    icon: usageIcon(taken),
    value: `${percentText(taken)}, ${left}`,
  };
}

/** A colour beside the number, for what is nearly full. */
function usageIcon(taken: Usage): vscode.ThemeIcon | undefined {
  switch (levelOf(shareOf(taken))) {
    case 'high':
      return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    case 'critical':
    case 'over':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    default:
      return undefined;
  }
}

export function factRows(section: string, facts: readonly FactLine[]): readonly DetailRow[] {
  const seen = new Map<string, number>();
  return facts.map(({ label, value, raw, isAltered }) => {
    const times = (seen.get(label) ?? 0) + 1;
    seen.set(label, times);
    return {
      type: 'detail',
      id: `${section}/${label}${times > 1 ? `#${times}` : ''}`,
      label,
      description: value,
      tooltip: [`${label}: ${isolated(value)}`, raw && oneLine(raw)].filter(Boolean).join('\n'),
      value,
      raw,
      isAltered,
    };
  });
}

export function sizeFact(label: string, bytes: number | undefined): readonly FactLine[] {
  return bytes === undefined ? [] : [{ label, value: size(bytes), raw: String(bytes) }];
}
