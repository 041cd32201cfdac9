// Mocha's class. The Node of older editors gives `require` the names of an ES module, among which the class is one.
import Mocha from 'mocha';

const found: typeof Mocha & { default?: typeof Mocha } = Mocha;

export const MochaClass = found.default ?? found;
