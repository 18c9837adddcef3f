import { chmodSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { offlinePlugin } from './scripts/offline-plugin.ts';
import { SECURITY_HEADERS } from './src/cli/headers.ts';

const version = (
  JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string }
).version;
const define = { __EFFACE_VERSION__: JSON.stringify(version) };

/** The policy as a meta tag too, for hosts that cannot set headers (frame-ancestors is ignored there). */
function contentSecurityPolicyMeta(): Plugin {
  return {
    name: 'efface-csp-meta',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: {
          'http-equiv': 'Content-Security-Policy',
          content: SECURITY_HEADERS['Content-Security-Policy'].replace(
            /; frame-ancestors [^;]*/,
            '',
          ),
        },
        injectTo: 'head-prepend',
      },
    ],
  };
}

/** npm makes `efface` executable once, when it installs: a later build would take that away from it. */
function executableCli(): Plugin {
  return {
    name: 'efface-executable-cli',
    apply: (_, { isSsrBuild }) => isSsrBuild === true,
    writeBundle: ({ dir }) => {
      if (dir !== undefined) chmodSync(path.join(dir, 'main.js'), 0o755);
    },
  };
}

export default defineConfig(({ isSsrBuild }) => ({
  define,
  base: './',
  publicDir: isSsrBuild ? false : 'public',
  plugins: [svelte(), contentSecurityPolicyMeta(), offlinePlugin(), executableCli()],
  server: { headers: SECURITY_HEADERS },
  preview: { headers: SECURITY_HEADERS },
  worker: { format: 'es' },
  build: isSsrBuild
    ? {
        outDir: 'dist/cli',
        target: 'node20',
        emptyOutDir: true,
        rolldownOptions: {
          input: { main: 'src/cli/main.ts', 'deface-child': 'src/cli/deface-child.ts' },
        },
      }
    : {
        outDir: 'dist/page',
        target: 'es2022',
        assetsInlineLimit: 0,
        // Every browser that can run the page preloads modules by itself.
        modulePreload: { polyfill: false },
        chunkSizeWarningLimit: 4000,
        emptyOutDir: true,
        rolldownOptions: {
          input: { page: 'index.html', 'service-worker': 'workers/service-worker.ts' },
          output: {
            // The service worker must lie beside the page: that is its reach.
            entryFileNames: ({ name }) =>
              name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js',
          },
        },
      },
  optimizeDeps: {
    include: [
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-backend-wasm',
      'dicom-parser',
      'jpeg-lossless-decoder-js',
      '@cornerstonejs/codec-charls/decodewasmjs',
      '@cornerstonejs/codec-openjpeg/decodewasmjs',
      '@cornerstonejs/core',
      '@cornerstonejs/tools',
    ],
  },
}));
