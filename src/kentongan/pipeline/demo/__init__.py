"""The demo province: coined places, offices and articles, told through the product's own actions."""
