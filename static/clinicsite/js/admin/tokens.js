/**
 * Tokens in the rich-text editor: a menu that inserts {phone} and the like at the cursor, and chips that show
 * which words in braces each clinic will fill. What is stored is the plain text.
 */
{
  const { React, DraftJS, draftail } = window;
  const { EditorState, Modifier } = DraftJS;
  const element = React.createElement;

  const OPTIONAL_OPENS = '[[';
  const OPTIONAL_CLOSES = ']]';
  const MARKS = /\{([^{}]*)\}|\[\[|\]\]/g;

  /** Put words in place of the selection, in the style that typing would have; leave the cursor after them. */
  const insert = (editorState, words, entityKey = null) => {
    const content = Modifier.replaceText(
      editorState.getCurrentContent(),
      editorState.getSelection(),
      words,
      editorState.getCurrentInlineStyle(),
      entityKey,
    );
    return EditorState.push(editorState, content, 'insert-characters');
  };

  /** Make a link to a clinic's own address: of the selected words, or of new ones. */
  const insertLink = (editorState, { name, linkWords }) => {
    const selection = editorState.getSelection();
    const content = editorState
      .getCurrentContent()
      .createEntity('LINK', 'MUTABLE', { url: `{${name}}` });
    const key = content.getLastCreatedEntityKey();
    if (selection.isCollapsed()) {
      return insert(EditorState.set(editorState, { currentContent: content }), linkWords, key);
    }
    return EditorState.push(editorState, Modifier.applyEntity(content, selection, key), 'apply-entity');
  };

  /** Put double brackets around the selected words, or an empty pair with the cursor inside. */
  const makeOptional = (editorState) => {
    const selection = editorState.getSelection();
    const [start, end] = [selection.getStartOffset(), selection.getEndOffset()];
    const at = (offset) => selection.merge({ anchorOffset: offset, focusOffset: offset, isBackward: false });
    let content = editorState.getCurrentContent();
    content = Modifier.insertText(content, at(end), OPTIONAL_CLOSES);
    content = Modifier.insertText(content, at(start), OPTIONAL_OPENS);
    const changed = EditorState.push(editorState, content, 'insert-characters');
    return EditorState.forceSelection(changed, at(end + OPTIONAL_OPENS.length));
  };

  /** One choice of the menu: what it inserts, and what patients read there. */
  const Choice = ({ label, meaning, onClick, isDisabled }) =>
    element(
      'li',
      null,
      element(
        'button',
        { type: 'button', className: 'token-menu__choice', onClick, disabled: isDisabled },
        element('span', { className: 'token-menu__label' }, label),
        element('span', { className: 'token-menu__meaning' }, meaning),
      ),
    );

  const Group = ({ title, children }) =>
    element(
      React.Fragment,
      null,
      element('h3', { className: 'token-menu__group' }, title),
      element('ul', { className: 'token-menu__list' }, children),
    );

  class TokenMenu extends React.Component {
    constructor(props) {
      super(props);
      this.dialog = React.createRef();
      this.isAnswered = false;
      this.onClosed = this.onClosed.bind(this);
    }

    componentDidMount() {
      this.dialog.current.addEventListener('close', this.onClosed);
      this.dialog.current.showModal();
    }

    componentWillUnmount() {
      this.dialog.current.removeEventListener('close', this.onClosed);
    }

    /** Leave without a choice: an answer of nothing puts the focus back into the text, as closing would not. */
    onClosed() {
      if (!this.isAnswered) this.props.onComplete(null);
    }

    answer(editorState) {
      this.isAnswered = true;
      this.dialog.current.close();
      this.props.onComplete(editorState);
    }

    renderTokens() {
      const { editorState, entityType } = this.props;
      return entityType.tokens.map((token) =>
        element(Choice, {
          key: token.name,
          label: `{${token.name}}`,
          meaning: token.meaning,
          onClick: () => this.answer(insert(editorState, `{${token.name}}`)),
        }),
      );
    }

    renderLinks() {
      const { editorState, entityType } = this.props;
      const tokens = entityType.tokens.filter((token) => token.linkWords);
      return tokens.map((token) =>
        element(Choice, {
          key: token.name,
          label: `Link to {${token.name}}`,
          meaning: `a link to ${token.meaning}; plain text where a clinic has none`,
          onClick: () => this.answer(insertLink(editorState, token)),
        }),
      );
    }

    renderOptional() {
      const { editorState } = this.props;
      const selection = editorState.getSelection();
      const isInOneParagraph = selection.getStartKey() === selection.getEndKey();
      return element(Choice, {
        label: '[[Optional phrase]]',
        meaning: isInOneParagraph
          ? 'words that are left out where a token in them is empty: select them first'
          : 'select words of one paragraph first: a phrase cannot reach into the next',
        isDisabled: !isInOneParagraph,
        onClick: () => this.answer(makeOptional(editorState)),
      });
    }

    render() {
      const title = 'token-menu-title';
      return element(
        'dialog',
        { ref: this.dialog, className: 'token-menu', 'aria-labelledby': title },
        element('h2', { id: title, className: 'token-menu__title' }, 'Insert a token'),
        element('p', { className: 'token-menu__help' }, 'Each clinic puts its own words in place of it.'),
        element(Group, { title: 'Words' }, this.renderTokens()),
        element(Group, { title: 'Links' }, this.renderLinks()),
        element(Group, { title: 'Where a value may be missing' }, this.renderOptional()),
        element(
          'button',
          { type: 'button', className: 'button button-secondary', onClick: () => this.dialog.current.close() },
          'Cancel',
        ),
      );
    }
  }

  const findMarks = (block, callback) => {
    for (const match of block.getText().matchAll(MARKS)) {
      callback(match.index, match.index + match[0].length);
    }
  };

  const describe = (words, meanings) => {
    if (!words.startsWith('{')) return { kind: 'optional', title: 'An optional phrase begins or ends here' };
    const meaning = meanings[words.slice(1, -1)];
    return meaning ? { kind: 'known', title: meaning } : { kind: 'unknown', title: 'There is no such token' };
  };

  /** The words of a token as a chip; an unknown one says so. */
  const Chip = ({ decoratedText, meanings, children }) => {
    const { kind, title } = describe(decoratedText, meanings);
    return element('span', { className: `token-chip token-chip--${kind}`, title }, children);
  };

  draftail.registerPlugin({ type: 'CLINICSITE_TOKEN', source: TokenMenu }, 'entityTypes');
  draftail.registerPlugin({ type: 'CLINICSITE_TOKEN', strategy: findMarks, component: Chip }, 'decorators');
}
