import type { Plugin } from 'esbuild';

export declare const outputFiles: Plugin;
