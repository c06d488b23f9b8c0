import type { ServerResponse } from 'node:http';

/** Changes every object of an answer in JSON, and leaves the rest to the server. */
export function altered(
  response: ServerResponse,
  change: (object: Readonly<Record<string, unknown>>) => object,
): false {
  const { writeHead, end } = response;
  Object.assign(response, {
    writeHead: (status: number, { 'Content-Length': _, ...headers }: Record<string, unknown>) =>
      Reflect.apply(writeHead, response, [status, headers]),
    end: (body: Buffer) => {
      const fill = (_key: string, value: unknown) =>
        typeof value === 'object' && value !== null && !Array.isArray(value) ? change({ ...value }) : value;
      const text = body.toString().replace(/^\uFEFF/, '');
      const isJson = /^\s*[[{]/.test(text);
      return Reflect.apply(end, response, [isJson ? JSON.stringify(JSON.parse(text, fill)) : body]);
    },
  });
  return false;
}
