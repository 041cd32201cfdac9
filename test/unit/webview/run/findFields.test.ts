// What the run form finds and offers.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { formFields, formSections } from '../../../../src/model/run/form/fields.ts';
import { findFields, offersOf, sectionInSight } from '../../../../src/webview/run/findFields.ts';
import { formPage } from './form.ts';

describe('the search of the run form', () => {
  it('finds fields by label, flag and hint, and their sections', () => {
    assert.equal(findFields('').fields.size, formFields.length);
    assert.equal(findFields(' ').sections.size, formSections.length);
    assert.deepEqual(findFields('--PUBLISH-all').fields, new Set(['publishAll']));
    assert.deepEqual(findFields('--publish-all').sections, new Set(['ports']));
    const nothing = findFields('no such option');
    assert.deepEqual([nothing.fields.size, nothing.sections.size], [0, 0]);
  });
});

describe('the names that the run form offers', () => {
  const { facts } = formPage({ image: '' });

  it('are those of the engine, and of volumes with what follows them', () => {
    assert.deepEqual(offersOf('images', { ...facts, images: ['nginx'] }), ['nginx']);
    assert.deepEqual(offersOf('volumes', { ...facts, volumes: ['data'] }), ['data:']);
  });

  it('are no more than a browser shows', () => {
    const images = Array.from({ length: 100_000 }, (_, index) => `image${index}`);
    assert.equal(offersOf('images', { ...facts, images }).length, 500);
  });
});

describe('the section that is read', () => {
  const sections = [
    { id: 'one', top: -300 },
    { id: 'two', top: 250 },
    { id: 'three', top: 350 },
  ];

  it('is the last that begins in the upper third below the head', () => {
    // From 100 to 700 pixels: the third ends at 300.
    assert.equal(sectionInSight(sections, 100, 700), 'two');
    assert.equal(sectionInSight(sections, 0, 600), 'one');
    assert.equal(sectionInSight(sections, 0, 6000), 'three');
  });

  it('is none where all begin below', () => {
    assert.equal(sectionInSight([{ id: 'one', top: 500 }], 0, 600), undefined);
    assert.equal(sectionInSight([], 0, 600), undefined);
  });
});
