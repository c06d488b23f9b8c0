import * as vscode from 'vscode';
import { idLine, oneLine, wholeLine } from '../../base/text';
import type { FactForms } from '../../items/fact';
import { factsOfKind } from '../../items/facts';
import { hasId, type Item } from '../../items/item';
import { kindNameOf } from '../../items/kinds';
import type { Detail } from '../../products/product';
import { count, dateTime, size } from './format';
import { isolated } from './harmless';
import { words } from './words';

/** One thing that is known of an item, as one line each. */
export interface FactLine {
  readonly label: string;
  /** As people read it, of sane length: `12.5 GB`, local time. */
  readonly value: string;
  /** As the server told it, where that is something else: the number of bytes, the ISO date, all of a long text. */
  readonly raw?: string;
  /** Something is left out of this ID, as it must not be pasted. */
  readonly isAltered?: boolean;
}

/** `Tenant: Northwind`. */
export function headOf(item: Item): string {
  const name = oneLine(item.name);
  return item.kind === 'group' ? name : `${kindNameOf(item)}: ${isolated(name)}`;
}

/** All that is known of an item, without what is not. */
export function factLinesOf(item: Item): readonly FactLine[] {
  return [
    text(vscode.l10n.t('Description'), item.description),
    hasId(item) && idFact(vscode.l10n.t('ID'), item.id),
    'urn' in item && idFact('URN', item.urn),
    ...specificFactsOf(item),
  ].filter(fact => typeof fact === 'object');
}

/** What a product tells of an item beside that. */
export function factOf({ label, value, unit }: Detail): FactLine | undefined {
  const name = oneLine(label);
  switch (unit) {
    case 'bytes':
      return Number.isFinite(Number(value)) ? bytes(name, Number(value)) : text(name, String(value));
    case 'count':
      return Number.isFinite(Number(value)) ? number(name, Number(value)) : text(name, String(value));
    case 'moment':
      return moment(name, String(value));
    case 'expiry':
      return expiry(name, String(value));
    case undefined:
      return text(name, String(value));
  }
}

type Maybe = FactLine | false | undefined;

function specificFactsOf(item: Item): readonly Maybe[] {
  const { facts, rows = [] } = factsOfKind(item.kind);
  const all = new Map<string, FactForms>(Object.entries(facts));
  return [...new Set([...rows, ...all.keys()])].flatMap(name => {
    const fact = all.get(name);
    return fact ? linesOf(item, name, fact) : [];
  });
}

function linesOf(item: Item, name: string, { form, instead, label, list }: FactForms): readonly Maybe[] {
  if (list) {
    return list(item).map(each => moment(each.label, each.moment) ?? text(each.label, each.text));
  }
  if (!label) {
    return [];
  }
  const other = instead?.(item, words);
  if (other !== undefined) {
    return [text(label(), other)];
  }
  const value: unknown = Reflect.get(item, name);
  if (typeof value === 'number') {
    return [
      form === 'bytes'
        ? bytes(label(), value)
        : form === 'count'
          ? number(label(), value)
          : text(label(), String(value)),
    ];
  }
  if (typeof value !== 'string' || form === 'shown') {
    return [];
  }
  const lineOf = form === 'moment' ? moment : form === 'expiry' ? expiry : text;
  return [lineOf(label(), value)];
}

function text(label: string, value: string | undefined): FactLine | undefined {
  if (!value) {
    return undefined;
  }
  const shown = oneLine(value);
  const raw = wholeLine(value);
  return { label, value: shown, ...(raw === shown ? {} : { raw }) };
}

/** An ID, which is copied to the letter, as far as that can be pasted. */
export function idFact(label: string, id: string | undefined): FactLine | undefined {
  if (!id) {
    return undefined;
  }
  const raw = idLine(id);
  const line = raw.length <= longestId ? { label, value: raw } : { label, value: oneLine(raw), raw };
  return raw === id ? line : { ...line, isAltered: true };
}

/** A longer one is cut in its row. */
const longestId = 300;

function number(label: string, value: number | undefined): FactLine | undefined {
  return value === undefined ? undefined : { label, value: count(value), raw: String(value) };
}

function bytes(label: string, value: number | undefined): FactLine | undefined {
  return value === undefined ? undefined : { label, value: size(value), raw: String(value) };
}

function moment(label: string, iso: string | undefined): FactLine | undefined {
  return iso ? { label, value: oneLine(dateTime(iso)), raw: oneLine(iso) } : undefined;
}

function expiry(label: string, iso: string): FactLine | undefined {
  const line = moment(label, iso);
  const left = words.timeLeft(iso);
  return line && left ? { ...line, value: `${line.value} (${left})` } : line;
}
