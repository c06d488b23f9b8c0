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

/**
 * @returns undefined for what is only to be noted
 * @throws {DOMException} AbortError when the signal aborts
 */
export async function answerMcp(message: unknown, source: McpSource, signal: AbortSignal): Promise<object | undefined> {
  const request = isObject(message) ? message : {};
  const { jsonrpc, id, method } = request;
  if (jsonrpc !== '2.0') {
    return rpcError(rpcErrors.noRequest, 'One request of JSON-RPC 2.0 is expected.');
  }
  if (id === undefined || method === undefined) {
    return undefined;
  }
  if ((typeof id !== 'string' && !Number.isSafeInteger(id)) || typeof method !== 'string') {
    return rpcError(rpcErrors.noRequest, 'The id must be a string or a whole number, and the method a string.');
  }
  const params = isObject(request.params) ? request.params : {};
  const result = (value: object): object => ({ jsonrpc: '2.0', id, result: value });
  switch (method) {
    case 'initialize':
      return result({
        protocolVersion: mcpVersions.find(each => each === params.protocolVersion) ?? mcpVersions[0],
        capabilities: { tools: {} },
        serverInfo: { name: 'backup-tenancy-explorer', version: source.version },
      });
    case 'ping':
      return result({});
    case 'tools/list':
      return result({ tools: source.tools });
    case 'tools/call': {
      const tool = source.tools.find(({ name }) => name === params.name);
      return tool
        ? await called(tool.name, params.arguments, source, signal).then(result, (error: unknown) => {
            signal.throwIfAborted();
            source.onError(error);
            return rpcError(rpcErrors.internal, 'The tool ran into an internal error.', id);
          })
        : rpcError(rpcErrors.parameters, 'There is no such tool.', id);
    }
    default:
      return rpcError(rpcErrors.noMethod, 'This server has tools only.', id);
  }
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
