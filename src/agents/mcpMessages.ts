// The part of the Model Context Protocol that tools need: https://modelcontextprotocol.io/specification. The protocol's own
// SDK would add 116 kB to the package, for OAuth, streams and sessions that nothing here uses.

import { isObject } from '../base/isObject';
import { ToolError } from './input';

/** One tool, as the manifest declares it. */
export interface McpTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: object;
}

/** What answers the calls. */
export interface McpSource {
  readonly version: string;
  readonly tools: readonly McpTool[];
  /** @throws {ToolError} */
  run(tool: string, input: unknown, signal: AbortSignal): Promise<string>;
  /** A failure that the caller is told nothing about. */
  onError(error: unknown): void;
}

/** The newest first. All mean the same for what is used here. */
export const mcpVersions: readonly string[] = ['2025-11-25', '2025-06-18', '2025-03-26'];

/** Codes of JSON-RPC 2.0. */
export const rpcErrors = {
  unreadable: -32700,
  noRequest: -32600,
  noMethod: -32601,
  parameters: -32602,
  internal: -32603,
};

/** @param id null where the request's own is not known */
export function rpcError(code: number, message: string, id: unknown = null): object {
  return { jsonrpc: '2.0', id, error: { code, message } };
}

/** Who sends a message. */
export interface McpCaller {
  /** Tells callers from each other that count their requests alike. */
  readonly session: string;
  /** The version of the protocol that it speaks, as far as it says so. */
  readonly version: string | undefined;
  /** Aborts when the caller has gone. */
  readonly signal: AbortSignal;
}

/** The version before versions were said with each request; the only one with several requests in one message. */
const batchVersion = '2025-03-26';

const mostInBatch = 20;

/** Answers messages, whichever way they came. */
export class McpMessages {
  readonly #source: McpSource;
  /** Calls that are going on, by caller and id. */
  readonly #calls = new Map<string, AbortController>();

  constructor(source: McpSource) {
    this.#source = source;
  }

  /**
   * @param message a request, a note or, in the version that has them, several
   * @returns undefined for what is only to be noted, and for a call that its caller has cancelled
   * @throws {DOMException} AbortError when the caller has gone
   */
  async answer(message: unknown, caller: McpCaller): Promise<object | undefined> {
    if (!Array.isArray(message) || (caller.version ?? batchVersion) !== batchVersion) {
      return await this.#one(message, caller);
    }
    if (message.length === 0 || message.length > mostInBatch) {
      return rpcError(rpcErrors.noRequest, `One to ${mostInBatch} requests are expected.`);
    }
    const answers: object[] = [];
    // One after another: together they would be more calls at once than there may be.
    for (const each of message) {
      const answer = isInitialize(each)
        ? rpcError(rpcErrors.noRequest, 'The first request must stand alone.', each.id)
        : await this.#one(each, caller);
      answers.push(...(answer ? [answer] : []));
    }
    return answers.length > 0 ? answers : undefined;
  }

  async #one(message: unknown, caller: McpCaller): Promise<object | undefined> {
    const request = isObject(message) ? message : {};
    const { jsonrpc, id, method } = request;
    const params = isObject(request.params) ? request.params : {};
    if (jsonrpc !== '2.0') {
      return rpcError(rpcErrors.noRequest, 'One request of JSON-RPC 2.0 is expected.');
    }
    if (id === undefined && typeof method === 'string') {
      if (method === 'notifications/cancelled') {
        this.#calls.get(callKey(caller, params.requestId))?.abort();
      }
      return undefined;
    }
    if (method === undefined && ('result' in request || 'error' in request)) {
      return undefined; // an answer, though nothing was asked
    }
    if ((typeof id !== 'string' && !Number.isSafeInteger(id)) || typeof method !== 'string') {
      return rpcError(rpcErrors.noRequest, 'The id must be a string or a whole number, and the method a string.');
    }
    const result = (value: object): object => ({ jsonrpc: '2.0', id, result: value });
    switch (method) {
      case 'initialize':
        return result({
          protocolVersion: mcpVersions.find(each => each === params.protocolVersion) ?? mcpVersions[0],
          capabilities: { tools: {} },
          serverInfo: { name: 'backup-tenancy-explorer', version: this.#source.version },
        });
      case 'ping':
        return result({});
      case 'tools/list':
        return params.cursor === undefined
          ? result({ tools: this.#source.tools })
          : rpcError(rpcErrors.parameters, 'There is one page of tools only.', id);
      case 'tools/call': {
        const tool = this.#source.tools.find(({ name }) => name === params.name);
        return tool
          ? await this.#call(tool.name, params.arguments, id, caller)
          : rpcError(rpcErrors.parameters, 'There is no such tool.', id);
      }
      default:
        return rpcError(rpcErrors.noMethod, 'This server has tools only.', id);
    }
  }

  async #call(tool: string, input: unknown, id: unknown, caller: McpCaller): Promise<object | undefined> {
    const key = callKey(caller, id);
    const cancelling = new AbortController();
    this.#calls.set(key, cancelling);
    try {
      const signal = AbortSignal.any([caller.signal, cancelling.signal]);
      return { jsonrpc: '2.0', id, result: await called(tool, input, this.#source, signal) };
    } catch (error) {
      caller.signal.throwIfAborted();
      if (cancelling.signal.aborted) {
        return undefined;
      }
      this.#source.onError(error);
      return rpcError(rpcErrors.internal, 'The tool ran into an internal error.', id);
    } finally {
      if (this.#calls.get(key) === cancelling) {
        this.#calls.delete(key);
      }
    }
  }
}

function callKey({ session }: McpCaller, id: unknown): string {
  return JSON.stringify([session, id]);
}

function isInitialize(message: unknown): message is { readonly id: unknown } {
  return isObject(message) && message.method === 'initialize';
}

async function called(tool: string, input: unknown, source: McpSource, signal: AbortSignal): Promise<object> {
  try {
    return { content: [{ type: 'text', text: await source.run(tool, input, signal) }] };
  } catch (error) {
    if (error instanceof ToolError) {
      return { content: [{ type: 'text', text: error.message }], isError: true };
    }
    throw error;
  }
}
