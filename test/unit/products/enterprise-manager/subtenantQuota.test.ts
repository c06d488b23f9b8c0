import * as v from 'valibot';
import { expect, test } from 'vitest';
import { subtenantItem } from '../../../../src/products/enterprise-manager/items';
import { subtenantBody } from '../../../../src/products/enterprise-manager/wire';

const megabyte = 1024 ** 2;

test.each([
  ['a number', { Unlimited: false, QuotaMb: 2 }, { unlimited: false, quotaBytes: 2 * megabyte }],
  ['a number alone', { QuotaMb: 2 }, { unlimited: false, quotaBytes: 2 * megabyte }],
  ['no limit, and a number that is left over', { Unlimited: true, QuotaMb: 2 }, { unlimited: true }],
  ['neither a number nor a word', {}, {}],
  ['nothing', undefined, {}],
])('a subtenant about whose quota the server tells %s', (_name, RepositoryQuota, told) => {
  const { unlimited, quotaBytes } = subtenantItem(
    v.parse(subtenantBody, { Id: 's', Name: 'nw-user', RepositoryQuota }),
    't',
  );
  expect({ unlimited, quotaBytes }).toEqual({ unlimited: undefined, quotaBytes: undefined, ...told });
});
