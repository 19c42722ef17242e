/** Build of the field app: one static page that the window and the device serve. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { configDefaults, defineConfig } from 'vitest/config';
import type { Plugin } from 'vite';

/** The window opens `index.html`, the device serves `app.html`: the same page under both names. */
function alsoAsIndex(): Plugin {
  return {
    name: 'also-as-index',
    enforce: 'post',
    generateBundle(_, bundle) {
      const page = bundle['app.html'];
      if (page?.type === 'asset')
        this.emitFile({ type: 'asset', fileName: 'index.html', source: page.source });
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [svelte(), alsoAsIndex()],
  // vitest runs the components as a browser would
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  build: {
    // the oldest Android WebView in the field
    target: 'chrome90',
    cssTarget: 'chrome90',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { input: 'app.html' },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'e2e/**'],
    setupFiles: ['src/shared/testing.ts'],
  },
});
