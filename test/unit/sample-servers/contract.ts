import { Ajv, type ValidateFunction } from 'ajv';
import { expect } from 'vitest';
import type { Answer } from './client';

export interface Specification {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>
  >;
  components: { schemas: Record<string, object> };
}

/** A vendor's OpenAPI document, as validators of the bodies that it promises. */
export class Contract {
  private readonly ajv = new Ajv({ strict: false, allErrors: true, formats: FORMATS });

  constructor(
    private readonly specification: Specification,
    /** What the document puts before the resources, such as "/v8". */
    private readonly prefix = '',
  ) {
    this.ajv.addSchema({ $id: 'api', components: asJsonSchema(specification.components) as object });
  }

  /** The paths without their prefix. */
  get resources(): string[] {
    return Object.keys(this.specification.paths).map(name => name.slice(this.prefix.length));
  }

  /** @param resource as in the document, "/Organizations/{organizationId}" */
  validator(resource: string, method: string, status: string): ValidateFunction {
    const wanted = `${this.prefix}${resource}`;
    const found = Object.entries(this.specification.paths).find(
      ([name]) => name.toLowerCase() === wanted.toLowerCase(),
    );
    const [content] = Object.values(found?.[1][method]?.responses[status]?.content ?? {});
    if (!content) {
      throw new Error(`The document has no ${method} ${wanted} with a body for ${status}`);
    }
    return this.ajv.compile(asJsonSchema(content.schema) as object);
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const FORMATS = {
  uuid: UUID,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  int32: { type: 'number', validate: (value: number) => Number.isInteger(value) && Math.abs(value) < 2 ** 31 },
  int64: { type: 'number', validate: (value: number) => Number.isSafeInteger(value) },
  password: true,
  time: true,
  double: { type: 'number', validate: Number.isFinite },
} as const;

/**
 * OpenAPI 3.0 says nullable where JSON Schema has a type null, and refers to its own document. It leaves objects open;
 * here they are closed, so that a member the document does not know is found.
 */
function asJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(asJsonSchema);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { nullable, ...schema } = Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === '$ref' ? [key, String(inner).replace(/^#/, 'api#')] : [key, asJsonSchema(inner)],
    ),
  );
  if ('properties' in schema) {
    schema.additionalProperties ??= false;
    // The document of v6 requires members that it does not describe.
    const required = (schema.required ?? []) as string[];
    schema.properties = { ...Object.fromEntries(required.map(name => [name, {}])), ...(schema.properties as object) };
  }
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}

export function expectValid(validate: ValidateFunction, answer: Pick<Answer, 'json'>): void {
  validate(answer.json());
  expect(validate.errors ?? []).toEqual([]);
}
