// Reads what a model gives a tool; errors tell the model what is wrong.

import { oneLine } from '../base/text';

/** Told to the model, which can do better with the next call: an instruction, not an excuse. */
export class ToolError extends Error {}

/** The tools' names without the prefix, each with what it does. */
const names = ['list_servers', 'find', 'list_children', 'get_item', 'find_everywhere'] as const;
export type ToolName = (typeof names)[number];

/** Items in one answer. */
const defaultLimit = 50;
const maxLimit = 200;

export type Fields = Readonly<Record<string, unknown>>;

export function toolOf(name: string): ToolName {
  const tool = names.find(each => name === `backupTenancy_${each}`);
  if (!tool) {
    throw new ToolError(`There is no tool ${quoted(name)}.`);
  }
  return tool;
}

export function fieldsOf(input: unknown): Fields {
  if (input === undefined || input === null) {
    return {};
  }
  if (typeof input !== 'object' || Array.isArray(input)) {
    throw new ToolError('The input must be an object with the fields of the schema.');
  }
  return input as Fields;
}

export function textIn(values: Fields, name: string): string {
  const value = values[name];
  if (typeof value !== 'string') {
    throw new ToolError(`${name} must be a string${value === undefined ? ', and is missing' : ''}.`);
  }
  return value;
}

export function keyIn(values: Fields, name: string): string {
  if (values[name] === undefined) {
    throw new ToolError(
      `${name} is missing. Call backupTenancy_list_servers or backupTenancy_find first and use a key of its answer.`,
    );
  }
  return textIn(values, name).trim();
}

export function kindsIn(values: Fields): readonly string[] | undefined {
  return values.kind === undefined ? undefined : [textIn(values, 'kind')];
}

/** The part of a list that an answer has. */
export interface Window {
  readonly offset: number;
  readonly limit: number;
}

export function windowOf(values: Fields): Window {
  const { offset = 0, limit = defaultLimit } = values;
  if (!isWhole(offset) || offset < 0) {
    throw new ToolError('offset must be a whole number, 0 or more.');
  }
  if (!isWhole(limit) || limit < 1 || limit > maxLimit) {
    throw new ToolError(`limit must be a whole number from 1 to ${maxLimit}. For more, call again with offset.`);
  }
  return { offset, limit };
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** The model's own text, shortened, for error messages. */
export function quoted(text: string): string {
  return JSON.stringify(oneLine(text, 200));
}
