import type { Tone } from './kind';

/** How urgent the last result of a job or of a tenant's jobs is, in the words of all products. */
export function toneOfResult(result: string | undefined): Tone | undefined {
  switch (result) {
    case 'Failed':
    case 'Disconnected':
      return 'error';
    case 'Warning':
    case 'NotConfigured':
      return 'warning';
    default:
      return undefined;
  }
}
