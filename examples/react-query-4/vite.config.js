import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // The backend of `npm start`, so that the page and its endpoint have one origin while you develop too.
  server: { proxy: { '/upsolve': 'http://127.0.0.1:3000', '/greeting': 'http://127.0.0.1:3000' } },
});
