import * as vscode from 'vscode';
import { nextSlice } from '../../base/timeSlices';
import { type Comparison, compare } from '../../changes/compare';
import type { ListRecord } from '../../changes/listRecord';
import { readSavedList, type SavedList } from '../../changes/savedList';
import type { Inventory } from '../../inventory/inventory';
import { type PresentState, readPresent } from './presentState';
import { readText } from './savedFile';

/** A file compared with the servers. */
export interface Compared {
  readonly saved: SavedList;
  readonly present: PresentState;
  readonly comparison: Comparison;
  /** When the servers were read, in milliseconds since 1970. */
  readonly at: number;
  /** See {@link CompareOptions}. */
  readonly usedPercent: number;
}

/**
 * @returns undefined if the signal aborts
 * @throws {NoSavedList} if the file is none that can be compared
 */
export async function compareFile(
  inventory: Inventory,
  file: vscode.Uri,
  signal: AbortSignal,
  report: (items: number) => void,
): Promise<Compared | undefined> {
  const saved = await readSavedList(await readText(file), signal);
  const records = await recordsOf(saved);
  const present = await readPresent(inventory, records, signal, report);
  const usedPercent = usedPercentFor(file);
  const comparison = present && (await compare(records, present, { usedPercent, signal }));
  return comparison && { saved, present, comparison, at: Date.now(), usedPercent };
}

/** Settings files can hold anything. */
function usedPercentFor(file: vscode.Uri): number {
  const value: unknown = vscode.workspace.getConfiguration('backupTenancy', file).get('changes.usedPercent');
  return typeof value === 'number' && value >= 0 && value <= 1000 ? value : 10;
}

async function recordsOf({ rows }: SavedList): Promise<readonly ListRecord[]> {
  const records: ListRecord[] = [];
  for (const { record } of rows) {
    records.push(record);
    await nextSlice();
  }
  return records;
}
