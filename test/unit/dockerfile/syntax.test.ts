// Where BuildKit begins and ends things: directives, lines, heredocs, flags, words, JSON, substitutions.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Dockerfiles have their own substitutions.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { instructionsOf, parseDockerfile } from '../../../src/dockerfile/document.ts';
import { commandOf, effectiveCommand } from '../../../src/dockerfile/syntax/command.ts';
import { readFlags, readOptions } from '../../../src/dockerfile/syntax/flags.ts';
import { parseJson } from '../../../src/dockerfile/syntax/json.ts';
import { lex } from '../../../src/dockerfile/syntax/lex.ts';
import { logicalOf, toLogical, toText } from '../../../src/dockerfile/syntax/logical.ts';
import { blankWords, properties } from '../../../src/dockerfile/syntax/words.ts';

/** The logical lines of the instructions. */
function lines(text: string): string[] {
  return instructionsOf(parseDockerfile(text)).map(({ instruction }) => logicalOf(instruction).text);
}

/** The heredocs of the first instruction: name and body, with `!` where nothing is expanded and `?` where it is open. */
function heredocs(text: string): string[] {
  const [first] = instructionsOf(parseDockerfile(text));
  return (first?.instruction.heredocs ?? []).map(({ name, body, expand, terminator }) => {
    const content = first?.instruction.text.slice(body.start, body.end);
    return `${name}${expand ? '' : '!'}${terminator ? '' : '?'}:${content}`;
  });
}

function directives(text: string): string[] {
  return parseDockerfile(text).nodes.flatMap((node) =>
    node.kind === 'directive' ? `${node.name}${node.effective ? '' : '!'}` : [],
  );
}

function slices(text: string, spans: readonly ({ start: number; end: number } | undefined)[]): (string | undefined)[] {
  return spans.map((span) => span && text.slice(span.start, span.end));
}

describe('dockerfile: directives', () => {
  for (const [text, expected] of [
    ['# syntax=a\n# escape=`\n# check=skip=all\nFROM a', ['syntax', 'escape', 'check']],
    ['#SYNTAX = a\nFROM a', ['syntax']],
    ['  # escape=`\nFROM a', ['escape']],
    ['\n# escape=`\nFROM a', []],
    ['# a comment\n# escape=`\nFROM a', []],
    ['# other=1\n# escape=`\nFROM a', []],
    ['FROM a\n# escape=`\n', []],
    ['# escape=x\nFROM a', ['escape!']],
    ['# escape=`\n# escape=`\nFROM a', ['escape', 'escape!']],
    ['\ufeff# escape=`\nFROM a', ['escape']],
    ['#!/bin/x\n# syntax=a\n# escape=`\nFROM a', ['syntax', 'escape!']],
    ['# syntax=\nFROM a', []],
  ] as const) {
    it(JSON.stringify(text), () => assert.deepEqual(directives(text), expected));
  }
});

describe('dockerfile: logical lines', () => {
  for (const [text, expected] of [
    ['RUN a \\\n b\nRUN c', ['RUN a  b', 'RUN c']],
    ['RUN a \\\n# comment\n\n  b', ['RUN a   b']],
    ['RUN a \\  \t\nb', ['RUN a b']],
    ['RUN a \\\\\nRUN b', ['RUN a \\\\', 'RUN b']],
    ['RUN a \\\r\nb\r\nRUN c\r\n', ['RUN a b', 'RUN c']],
    ['# escape=`\nRUN a \\\nRUN b `\nc', ['RUN a \\', 'RUN b c']],
    ['\\\nRUN a', ['RUN a']],
    ['RU\\\nN a', ['RUN a']],
    ['RUN a \\', ['RUN a ']],
    ['RUN a # no comment', ['RUN a # no comment']],
    ['RUN a \\\n \\\nb', ['RUN a  b']],
  ] as const) {
    it(JSON.stringify(text), () => assert.deepEqual(lines(text), expected));
  }

  it('map to the text and back', () => {
    const [placed] = instructionsOf(parseDockerfile('RUN a \\\n # x\n bb'));
    assert.ok(placed);
    const logical = logicalOf(placed.instruction);
    const at = logical.text.indexOf('bb');
    const span = toText(logical, { start: at, end: at + 2 });
    assert.deepEqual(slices(placed.instruction.text, [span]), ['bb']);
    assert.equal(toLogical(logical, span.start), at);
    assert.equal(toLogical(logical, placed.instruction.text.indexOf('#')), undefined);
    assert.equal(toLogical(logical, placed.instruction.text.indexOf('\\')), undefined);
  });
});

describe('dockerfile: heredocs', () => {
  for (const [text, expected] of [
    ['RUN <<EOF\na\nEOF\nRUN b', ['EOF:a\n']],
    ['RUN cat << EOF\na\nEOF', ['EOF:a\n']],
    ['RUN cat <<  "E F"\na\nE F', ['E F!:a\n']],
    ['RUN 3<<EOF cat\na\nEOF', ['EOF:a\n']],
    ['COPY <<-EOF /a\n\ta\n\t\tEOF\n', ['EOF:\ta\n']],
    ["COPY <<'EOF' /a\n$a\nEOF", ['EOF!:$a\n']],
    ['COPY <<a <<b /x/\n1\na\n2\nb\n', ['a:1\n', 'b:2\n']],
    ['ADD <<EOF /a\r\na\r\nEOF\r\n', ['EOF:a\r\n']],
    ['ONBUILD RUN <<EOF\na\nEOF', ['EOF:a\n']],
    ['RUN <<EOF\na', ['EOF?:a']],
    ['RUN <<E"O"F\na\nEOF', ['EOF!:a\n']],
    ['RUN <<$X\na\n$X', ['$X:a\n']],
    ['RUN cat <<<word', []],
    ['RUN cat<<EOF', []],
    ['RUN echo "<<EOF"', []],
    ['RUN echo $((1<<2))', []],
    ['RUN ["cat", "<<EOF"]', []],
    ["RUN echo it's <<EOF", []],
    ['RUN echo ${x^^} <<EOF', []],
    ['ENV A=<<EOF', []],
    ['CMD <<EOF', []],
    ['RUN <<- EOF', []],
    ['RUN \\<<EOF', []],
    ['RUN <<""', []],
  ] as const) {
    it(JSON.stringify(text), () => assert.deepEqual(heredocs(text), expected));
  }
});

describe('dockerfile: words', () => {
  it('flags end at the first word without dashes, or at --', () => {
    const line = 'COPY --from="a b" --link -- --x y';
    const { flags, end } = readFlags(line, 4, '\\');
    assert.deepEqual(
      flags.map(({ name, value }) => [name, value]),
      [
        ['from', 'a b'],
        ['link', undefined],
      ],
    );
    assert.equal(line.slice(end), '--x y');
  });

  for (const [line, sign, expected] of [
    ['RUN --mount=type=bind,target=C:\\src\\ apt-get', '`', ['mount', 'type=bind,target=C:\\src\\', 'apt-get']],
    ['RUN --mount=type=bind,target=C:\\src\\ apt-get', '\\', ['mount', 'type=bind,target=C:src apt-get', '']],
    ['RUN --mount=target=/a` b c', '`', ['mount', 'target=/a b', 'c']],
    ['RUN --mount=target=/a` b c', '\\', ['mount', 'target=/a`', 'b c']],
    [`RUN --a='x"y' b`, '\\', ['a', 'x"y', 'b']],
    [`RUN --a="x'y z" b`, '\\', ['a', "x'y z", 'b']],
    [`RUN --'a="b' c`, '\\', ['a', '"b', 'c']],
    ['RUN --a="x\\"y" b', '\\', ['a', 'x"y', 'b']],
    ['RUN --a=x\\', '\\', ['a', 'x', '']],
    ['RUN --a="x', '\\', ['a', 'x', '']],
  ] as const) {
    it(`the flag of ${line} with the escape character ${sign}`, () => {
      const { flags, end } = readFlags(line, 3, sign);
      assert.deepEqual([flags[0]?.name, flags[0]?.value, line.slice(end)], expected);
    });
  }

  it('the escape directive counts for flags, with what follows them', () => {
    const text = '# escape=`\nFROM a\nRUN --mount=type=bind,target=C:\\src\\ cat <<EOF\nb\nEOF\n';
    const [, run] = instructionsOf(parseDockerfile(text));
    assert.ok(run);
    const { args, flags } = commandOf(run.instruction);
    assert.deepEqual(slices(logicalOf(run.instruction).text, [args]), ['cat <<EOF']);
    assert.equal(flags.length, 1);
    assert.equal(run.instruction.heredocs.length, 1);
    const json = '# escape=`\nFROM a\nRUN --mount=target=C:\\ ["cat", "<<EOF"]\nCMD b\n';
    assert.deepEqual(
      instructionsOf(parseDockerfile(json)).map(({ instruction }) => instruction.name),
      ['from', 'run', 'cmd'],
    );
  });

  it('mount options have keys and values with their places', () => {
    const line = '--mount=type=cache,"target=/a b",ro';
    const options = readOptions(line, { start: 8, end: line.length });
    assert.deepEqual(
      options.map(({ key, value }) => [key, value]),
      [
        ['type', 'cache'],
        ['target', '/a b'],
        ['ro', undefined],
      ],
    );
    assert.deepEqual(
      slices(
        line,
        options.map(({ keySpan }) => keySpan),
      ),
      ['type', 'target', 'ro'],
    );
  });

  it('properties come in the new and in the old form', () => {
    const line = 'A=1 "b c"="d e" f=\\ g';
    const read = properties(line, { start: 0, end: line.length }, '\\', true);
    assert.deepEqual(
      slices(
        line,
        read.flatMap(({ key, value }) => [key, value]),
      ),
      ['A', '1', '"b c"', '"d e"', 'f', '\\ g'],
    );
    const old = 'A b c=d';
    const [first] = properties(old, { start: 0, end: old.length }, '\\', true);
    assert.deepEqual(slices(old, [first?.key, first?.value]), ['A', 'b c=d']);
  });

  for (const [line, expected] of [
    ['A\\ B c', ['A\\', 'B c']],
    ['"A B" c', ['"A', 'B" c']],
    ['A\t\t b', ['A', 'b']],
    ['A\\ B', ['A\\', 'B']],
    ['A', ['A', undefined]],
    ['A\\ B=c', ['A\\ B', 'c']],
    ['"A B"=c', ['"A B"', 'c']],
  ] as const) {
    it(`the key and the value of ENV ${JSON.stringify(line)}`, () => {
      const [property] = properties(line, { start: 0, end: line.length }, '\\', true);
      assert.deepEqual(slices(line, [property?.key, property?.value]), expected);
    });
  }

  it('blank words are split by white space alone', () => {
    const line = ' a\t"b c" ';
    assert.deepEqual(slices(line, blankWords(line, { start: 0, end: line.length })), ['a', '"b', 'c"']);
  });

  for (const [text, expected] of [
    ['["a", "b\\"c"]', ['a', 'b"c']],
    [' [ ] ', []],
    ["['a']", undefined],
    ['["a", 1]', undefined],
    ['["a",]', undefined],
    ['["a"] b', undefined],
    ['["a"', undefined],
    ['["\\x"]', undefined],
  ] as const) {
    it(`JSON ${text}`, () => {
      assert.deepEqual(
        parseJson(text, 0, text.length)?.items.map(({ value }) => value),
        expected,
      );
    });
  }

  it('ONBUILD and HEALTHCHECK have parts of their own', () => {
    const [onbuild, check] = instructionsOf(
      parseDockerfile('ONBUILD COPY --link a b\nHEALTHCHECK --retries=1 CMD ["x"]'),
    ).map(({ instruction }) => commandOf(instruction));
    assert.equal(onbuild?.trigger?.name, 'copy');
    assert.equal(onbuild?.trigger?.flags[0]?.name, 'link');
    assert.equal(check?.json?.items[0]?.value, 'x');
    assert.equal(check?.flags[0]?.value, '1');
  });

  it('ONBUILD nests, and the innermost instruction does the work', () => {
    const [onbuild] = instructionsOf(parseDockerfile('ONBUILD onbuild --x ONBUILD COPY --link a b'));
    const names: string[] = [];
    for (let command = onbuild && commandOf(onbuild.instruction); command; command = command.trigger) {
      names.push(command.name);
    }
    assert.deepEqual(names, ['onbuild', 'onbuild', 'onbuild', 'copy']);
    const work = onbuild && effectiveCommand(commandOf(onbuild.instruction));
    assert.equal(work?.name, 'copy');
    assert.equal(work.flags[0]?.name, 'link');
  });

  it('a heredoc is opened by what one ONBUILD triggers, also behind flags, and by nothing deeper', () => {
    assert.deepEqual(heredocs('ONBUILD --x RUN <<EOF\na\nEOF'), ['EOF:a\n']);
    assert.deepEqual(heredocs('ONBUILD ONBUILD RUN <<EOF\na\nEOF'), []);
  });
});

describe('dockerfile: substitutions', () => {
  for (const [text, expected, broken] of [
    ['$A ${B} x', ['$A', '${B}'], false],
    ['${A:-$B}', ['${A:-$B}', '$B'], false],
    ['${A#x} ${A//b/c} ${A?e}', ['${A#x}', '${A//b/c}', '${A?e}'], false],
    ['\'$A\' "$B"', ['$B'], false],
    ['\\$A \\\\$B', ['$B'], false],
    ['${A', ['${A'], true],
    ['${A^^}', ['${A^^}'], true],
    ['${}', [], true],
    ["'a", [], true],
    ['"$A', ['$A'], true],
    ['$Aé-$é1 ${中_2:-x}', ['$Aé', '$é1', '${中_2:-x}'], false],
    ['$A٣ $٣a $A𝒜b$A😀', ['$A٣', '$٣', '$A𝒜b', '$A'], false],
    ['$A\u0301 $A\ud800', ['$A', '$A'], false],
  ] as const) {
    it(text, () => {
      const lexed = lex(text, 0, text.length, { escape: 92 });
      assert.deepEqual(slices(text, lexed.variables), expected);
      assert.equal(lexed.broken, broken);
    });
  }

  it('have names of ASCII letters where a shell reads them', () => {
    const { variables } = lex('$Aé ${é}', 0, 8, { escape: 92, letters: 'ascii' });
    assert.deepEqual(
      variables.map(({ name }) => name),
      ['A'],
    );
  });
});
