import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** A prop, an option or a field of a result, as its doc comment tells it. */
export interface ApiRow {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  /** In the words of `@default`. */
  readonly fallback?: string;
  readonly describes: string;
}

export type Api = Readonly<Record<ApiSubject, readonly ApiRow[]>>;

/** What is told, and the types that tell it. Of a union, all its members. */
const SUBJECTS = {
  provider: ['src/react/UpsolveTenantProvider.tsx', ['UpsolveTenantProviderProps']],
  guard: ['src/react/guard/guardProps.ts', ['BoundGuardProps', 'RenderGuardProps']],
  labels: ['src/react/dashboardProps.ts', ['DashboardLabelOverrides']],
  slot: ['src/react/dashboardProps.ts', ['NoticeProps']],
  frame: ['src/react/frame/frameOptions.ts', ['UpsolveDashboardFrameProps']],
  useUpsolveTenant: ['src/react/useUpsolveTenant.ts', ['UseUpsolveTenantResult']],
  useTokenRefresh: ['src/react/useTokenRefresh.ts', ['UseTokenRefreshResult']],
} as const;

export type ApiSubject = keyof typeof SUBJECTS;

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** The files that hold what `readApi` tells. */
export const API_FILES: readonly string[] = Object.values(SUBJECTS).map(([file]) => ROOT + file);

/** The exported types of the package → tables. A generator of docs can't: the guard is overloaded, the frame's props are a union. */
export function readApi(): Api {
  const config = ts.readConfigFile(`${ROOT}tsconfig.json`, (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent({ ...config.config, include: [], files: [] }, ts.sys, ROOT);
  const program = ts.createProgram([...API_FILES], options);
  const checker = program.getTypeChecker();
  return Object.fromEntries(
    Object.entries(SUBJECTS).map(([subject, [file, names]]) => {
      const source = program.getSourceFile(ROOT + file);
      const module = source && checker.getSymbolAtLocation(source);
      if (!module) throw new Error(`${file} is no module`);
      const exported = checker.getExportsOfModule(module);
      const types = names.map((name) => {
        const symbol = exported.find((candidate) => candidate.name === name);
        if (!symbol) throw new Error(`${file} exports no ${name}`);
        return checker.getDeclaredTypeOfSymbol(symbol);
      });
      return [subject, readRows(types, checker)];
    }),
  ) as Record<ApiSubject, ApiRow[]>;
}

function readRows(types: readonly ts.Type[], checker: ts.TypeChecker): ApiRow[] {
  const members = types.flatMap((type) => (type.isUnion() ? type.types : [type]));
  const found = new Map<string, ts.Symbol[]>();
  for (const member of members) {
    for (const property of checker.getPropertiesOfType(member)) {
      // `name?: undefined` forbids a prop: it belongs to another member.
      if (readTypes([property], checker).length === 0) continue;
      found.set(property.name, [...(found.get(property.name) ?? []), property]);
    }
  }
  return [...found].map(([name, symbols]) => {
    const documented = symbols.find((symbol) => symbol.getDocumentationComment(checker).length > 0) ?? symbols[0];
    const tag = symbols
      .flatMap((symbol) => symbol.getJsDocTags(checker))
      .find((candidate) => candidate.name === 'default');
    const fallback = tag && ts.displayPartsToString(tag.text);
    return {
      name,
      type: joinTypes(readTypes(symbols, checker)),
      isRequired: symbols.length === members.length && symbols.every(isRequired),
      ...(fallback && { fallback: fallback.replace(/\s+/g, ' ') }),
      describes: ts.displayPartsToString(documented?.getDocumentationComment(checker)).replace(/\s+/g, ' '),
    };
  });
}

const isRequired = ({ flags }: ts.Symbol): boolean => (flags & ts.SymbolFlags.Optional) === 0;

/** The types as they are written, since those have names; without `undefined`, which "optional" says. */
function readTypes(symbols: readonly ts.Symbol[], checker: ts.TypeChecker): string[] {
  const texts = symbols.flatMap(({ declarations = [] }) =>
    declarations.flatMap((declaration) =>
      'type' in declaration ? readTypeNode(declaration.type as ts.TypeNode | undefined, checker) : [],
    ),
  );
  return [...new Set(texts)];
}

function readTypeNode(node: ts.TypeNode | undefined, checker: ts.TypeChecker): string[] {
  if (!node) return [];
  if (ts.isUnionTypeNode(node)) return node.types.flatMap((part) => readTypeNode(part, checker));
  // What another type says of the property: there it is written out.
  const inner =
    ts.isTypeReferenceNode(node) && node.typeName.getText() === 'NonNullable'
      ? (node.typeArguments?.[0] ?? node)
      : node;
  if (ts.isIndexedAccessTypeNode(inner)) {
    const name = inner.indexType.getText().slice(1, -1);
    const property = checker.getTypeFromTypeNode(inner.objectType).getProperty(name);
    if (property) return readTypes([property], checker);
  }
  const text = node.getText().replace(/\s+/g, ' ');
  return text === 'undefined' ? [] : [text];
}

/** A function's type stands in brackets only beside another type. */
function joinTypes(texts: readonly string[]): string {
  const [only] = texts;
  return texts.length === 1 && only?.startsWith('((') && only.endsWith(')') ? only.slice(1, -1) : texts.join(' | ');
}
