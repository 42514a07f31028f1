// The looks as TypeScript finds them: from version 6 on it refuses an import that leads to no types.
export {};
