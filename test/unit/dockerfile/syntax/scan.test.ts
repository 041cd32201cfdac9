// Where BuildKit begins and ends directives and heredocs.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Dockerfiles have their own substitutions.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { instructionsOf, parseDockerfile } from '../../../../src/dockerfile/document.ts';

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

describe('dockerfile: heredocs behind ONBUILD', () => {
  it('a heredoc is opened by what one ONBUILD triggers, also behind flags, and by nothing deeper', () => {
    assert.deepEqual(heredocs('ONBUILD --x RUN <<EOF\na\nEOF'), ['EOF:a\n']);
    assert.deepEqual(heredocs('ONBUILD ONBUILD RUN <<EOF\na\nEOF'), []);
  });
});
