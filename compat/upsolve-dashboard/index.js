'use client';

export { UpsolveDashboard } from './UpsolveDashboard.js';
