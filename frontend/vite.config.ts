import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// Times are told in the reader's zone; the tests' reader is in Shanghai.
process.env.TZ = 'Asia/Shanghai'

export default defineConfig({
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../src/zhanggui/web',
    emptyOutDir: true,
    // Fonts and icons stay files: the content security policy allows fonts from 'self' only.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    css: false,
    pool: 'threads',
    maxWorkers: 2,
    // One copy of the component library for all files: three times as fast.
    isolate: false,
    testTimeout: 20_000,
  },
})
