import { expect } from 'vitest';
import type { Workbench } from './workbench';

/** What the wizard is told. */
export interface Answers {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** That proposed if absent. */
  readonly name?: string;
  /** It is remembered unless this says otherwise. */
  readonly remember?: boolean;
}

/** Adds a server by the button over the tree. */
export async function addServer(workbench: Workbench, server: Answers): Promise<void> {
  await workbench.titleAction('Add Server');
  await answerAddServer(workbench, server);
}

/** Answers what is asked once "Add Server" was pressed, wherever. */
export async function answerAddServer(workbench: Workbench, server: Answers): Promise<void> {
  const { quickInput } = workbench;
  const answer = async (text: string): Promise<void> => {
    await quickInput.type(text);
    await quickInput.accept();
  };
  await quickInput.step('Address');
  await answer(`${server.host}:${server.port}`);
  await (await workbench.dialog()).press('Trust This Certificate for This Server');
  await quickInput.step('Account');
  await answer(server.username);
  await quickInput.step('Password');
  expect(await quickInput.isPassword()).toBe(true);
  await answer(server.password);
  await quickInput.pick(server.remember === false ? 'Do not remember the password' : 'Remember the password');
  await quickInput.step('Name');
  await answer(server.name ?? (await quickInput.value()));
  await quickInput.closed();
}
