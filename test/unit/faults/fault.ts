import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { never } from '../never';
import { printReport, report } from './report';
import { Scene, type SceneOptions, type Subject, subjects } from './scene';

/** Something that goes wrong while a list is refreshed, and what a person sees of it. */
export interface Fault extends SceneOptions {
  readonly fault: string;
  /** Sets it up between the server and the list that has been loaded. */
  readonly begin?: (scene: Scene) => void | Promise<void>;
  /** Or only answers requests for the list with something else. */
  readonly answer?: (response: ServerResponse, scene: Scene, request: IncomingMessage) => void;
  /** What {@link Scene.answer} and the line do not undo by themselves. */
  readonly end?: (scene: Scene) => void | Promise<void>;
  readonly outcome: Outcome | ((subject: Subject) => Outcome);
  /** Until the outcome; a hang is far beyond it, a busy machine is not. */
  readonly withinMs?: number;
  /** Where the password must not be sent again by itself. */
  readonly recover?: 'refresh' | 'signIn';
  /** Whatever else is to be seen. */
  readonly check?: (scene: Scene) => void;
}

export type Outcome =
  | { readonly kind: string; readonly says: RegExp; readonly detail?: RegExp; readonly rows?: readonly string[] }
  /** No failure: these rows, or the same as before. */
  | { readonly kind?: undefined; readonly rows: readonly string[] | 'same' };

/** Tests of the faults with each product: a file for each kind of faults, so that they run side by side. */
export function runEach(faults: readonly Fault[]): void {
  printReport();
  describe.each(subjects)('$product', subject => {
    // Bodies that unpack to very much take their time on a busy machine.
    test.each(faults)('$fault', { timeout: 60_000 }, fault => run(fault, subject));
  });
}

export async function run(fault: Fault, subject: Subject): Promise<void> {
  const scene = await Scene.start(subject, fault);
  await fault.begin?.(scene);
  if (fault.answer) {
    scene.answer((response, request) => fault.answer?.(response, scene, request));
  }

  const took = await scene.measure();

  const outcome = typeof fault.outcome === 'function' ? fault.outcome(subject) : fault.outcome;
  report({ fault: fault.fault, product: subject.product, outcome: scene.failure?.kind ?? 'rows', ...took });
  expect(scene.failure?.kind).toBe(outcome.kind);
  if (outcome.kind !== undefined) {
    expect(scene.failure?.message).toMatch(outcome.says);
    expect(scene.failure?.detail ?? '').toMatch(outcome.detail ?? /^/);
    expect(scene.labels).toEqual(['(failure)', ...(outcome.rows ?? scene.before)]);
  } else {
    expect(scene.labels).toEqual(outcome.rows === 'same' ? scene.before : outcome.rows);
  }
  expect(took.milliseconds).toBeLessThan(fault.withinMs ?? 3000);
  expect(scene.parent.openedBranch?.load).toBeUndefined();
  fault.check?.(scene);
  scene.expectNoSecrets();

  scene.server.intercept = undefined;
  scene.line.instead = undefined;
  scene.line.target = scene.server.port;
  await fault.end?.(scene);
  await scene.line.listen();
  if (fault.recover === 'signIn') {
    const { servers } = scene.world;
    await servers.signIn(scene.world.saved(scene.root.item.id), scene.server.password, true, never);
  }
  await scene.refresh();
  expect(scene.failure).toBeUndefined();
  expect(scene.labels).toEqual(scene.before);
  scene.expectNoSecrets();
}
