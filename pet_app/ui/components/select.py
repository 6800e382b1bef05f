"""A list to choose from that shows the choice at once, while a state has yet to hear of it."""

from reflex_base.utils.imports import ImportDict
from reflex_components_core.el.elements.forms import Select

CODE = """
function PetSelect({ value, onChange, ...rest }) {
  const [told, setTold] = useState(value);
  const [chosen, setChosen] = useState(value);
  if (told !== value) {
    setTold(value);
    setChosen(value);
  }
  return jsx("select", {
    ...rest,
    value: chosen,
    onChange: (event) => {
      setChosen(event.target.value);
      onChange && onChange(event);
    },
  });
}
"""


class ChosenSelect(Select):
    """The browser's own list, whose `value` a state holds.

    React would put it back to that value until the state's answer is there, and a form sent
    meanwhile would go without the choice.
    """

    tag = "PetSelect"
    # It is not one of the browser's.
    _is_tag_in_global_scope = False

    def add_imports(self) -> ImportDict:
        """What the code needs of React."""
        return {"react": ["useState"]}

    def add_custom_code(self) -> list[str]:
        """The component, once in each page that uses it."""
        return [CODE]
